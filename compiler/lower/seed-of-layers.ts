/** Random layers and fillers of one seed draw from places that are far from each other. */
export const seedOfLayers = (seed: number): number =>
  Math.imul(seed + 1, 0x9e3779b1) | 0;
