// Keeps aside what is written to standard error while TensorFlow's library is loaded. It logs
// from static constructors, before it has read TF_CPP_MIN_LOG_LEVEL, so nothing but the file
// descriptor itself can stop that. dup2 is one step: no thread ever finds stderr closed.
#include <fcntl.h>
#include <node_api.h>
#include <sys/mman.h>
#include <unistd.h>

#include <mutex>
#include <string>

namespace {

constexpr int kStderr = 2;

std::mutex mutex;
// Threads of several sessions may load at once: the last one lets go.
int holders = 0;
int original = -1;
int memory = -1;

napi_value Hold(napi_env, napi_callback_info) {
  std::lock_guard<std::mutex> lock(mutex);
  if (holders++ > 0) return nullptr;
  original = fcntl(kStderr, F_DUPFD_CLOEXEC, kStderr + 1);
  memory = memfd_create("held-stderr", MFD_CLOEXEC);
  if (original >= 0 && memory >= 0) dup2(memory, kStderr);
  return nullptr;
}

// Gives stderr back, and as a string what was written meanwhile.
napi_value Release(napi_env env, napi_callback_info) {
  std::string text;
  {
    std::lock_guard<std::mutex> lock(mutex);
    if (holders > 0 && --holders == 0 && original >= 0 && memory >= 0) {
      dup2(original, kStderr);
      char part[4096];
      off_t at = 0;
      for (ssize_t count; (count = pread(memory, part, sizeof part, at)) > 0;
           at += count) {
        text.append(part, static_cast<size_t>(count));
      }
    }
    if (holders == 0) {
      if (original >= 0) close(original);
      if (memory >= 0) close(memory);
      original = memory = -1;
    }
  }
  napi_value result;
  if (napi_create_string_utf8(env, text.data(), text.size(), &result) !=
      napi_ok) {
    return nullptr;
  }
  return result;
}

napi_value Init(napi_env env, napi_value exports) {
  napi_value hold, release;
  napi_create_function(env, "hold", NAPI_AUTO_LENGTH, Hold, nullptr, &hold);
  napi_create_function(env, "release", NAPI_AUTO_LENGTH, Release, nullptr,
                       &release);
  napi_set_named_property(env, exports, "hold", hold);
  napi_set_named_property(env, exports, "release", release);
  return exports;
}

}  // namespace

NAPI_MODULE(held_stderr, Init)
