import type { Layer, Message, Net, Section, Value } from './layer.js';
import { quote } from './layer.js';

/** The text of a prototxt: a field per line, but each message within a layer on one. */
export function writeNet(net: Net): string {
  const heading = net.heading.map((line) => `# ${line}\n`).join('');
  return [
    `${heading}name: ${quote(net.name)}\n`,
    ...net.sections.map(writeSection),
  ].join('\n');
}

/** A message that is a file of its own: a field per line. */
export function writeMessage(message: Message): string {
  return writeFields(message)
    .map((field) => `${field}\n`)
    .join('');
}

function writeSection(section: Section): string {
  return `# ${section.comment}\n${section.layers.map(writeLayer).join('')}`;
}

function writeLayer(layer: Layer): string {
  const fields: Message = {
    name: quote(layer.name),
    type: quote(layer.type),
    bottom: layer.bottoms.map(quote),
    top: layer.tops.map(quote),
    param: layer.param,
    ...layer.fields,
  };
  const lines = writeFields(fields).map((field) => `  ${field}\n`);
  return `layer {\n${lines.join('')}}\n`;
}

function writeFields(message: Message): string[] {
  return Object.entries(message).flatMap(([name, value]) =>
    listOf(value).map((one) => writeField(name, one)),
  );
}

function listOf(value: Value | readonly Value[]): readonly Value[] {
  return isList(value) ? value : [value];
}

/** `Array.isArray` does not narrow a readonly array. */
function isList(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}

function writeField(name: string, value: Value): string {
  return typeof value === 'object'
    ? `${name} { ${writeFields(value).join(' ')} }`
    : `${name}: ${String(value)}`;
}
