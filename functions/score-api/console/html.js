// How is markup written? As tagged templates whose values are always text or attributes, never markup.

import { h } from "./preact.js";
import htm from "./htm.js";

export const html = htm.bind(h);
