import { DatabaseSource } from './database-source.js';
import { Hdf5Source } from './hdf5-source.js';
import { ImageListSource } from './image-list-source.js';
import type { LayerPlan } from './layer-plan.js';
import type { Halt, LayerSource } from './layer-source.js';
import { WindowSource } from './window-source.js';

/** The source of a planned layer; its files are opened when it is first asked. */
export function openSource(layer: LayerPlan, halt: Halt): LayerSource {
  const { source } = layer;
  switch (source.kind) {
    case 'database':
      return new DatabaseSource(layer, source, halt);
    case 'image-list':
      return new ImageListSource(layer, source, halt);
    case 'hdf5':
      return new Hdf5Source(layer, source, halt);
    case 'windows':
      return new WindowSource(layer, source, halt);
  }
}
