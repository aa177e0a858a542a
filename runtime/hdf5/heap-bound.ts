interface Memory {
  readonly buffer: ArrayBuffer;
  grow: (pages: number) => number;
}

// Described by TypeScript's library for browsers alone.
declare const WebAssembly: { readonly Memory: { readonly prototype: Memory } };

/** Of a page of WebAssembly's memory, in bytes. */
const pageBytes = 1 << 16;

/** For the library itself, its caches, and the files that are open besides. */
const baseBytes = 2 ** 28;

let mostBytes = baseBytes;

/**
 * Allows the library as much memory as the next calls need to handle `bytes` of a file or
 * an array. Lengths in a damaged file make it ask for any amount, and what it once had it
 * keeps; what it is not given is an error to it like any other.
 */
export function allowHeap(bytes: number): void {
  // Twice: an array as it stands in the file and as it is handed over.
  mostBytes = baseBytes + 2 * bytes;
}

/** Holds all memories of this thread to what is allowed when they grow. */
export function boundHeap(): void {
  const { prototype } = WebAssembly.Memory;
  const { grow } = prototype;
  prototype.grow = function (this: Memory, pages: number): number {
    const wanted = this.buffer.byteLength + pages * pageBytes;
    if (wanted > mostBytes)
      throw new RangeError(`${wanted} bytes are more than the file can need`);
    return grow.call(this, pages);
  };
}
