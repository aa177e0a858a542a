import { format, resolveConfig } from 'prettier';

/** A page as `npm run format` leaves it, so that a generated one is not changed by it. */
export async function formatMarkdown(
  path: string,
  text: string,
): Promise<string> {
  const config = await resolveConfig(path);
  return format(text, { ...config, parser: 'markdown' });
}
