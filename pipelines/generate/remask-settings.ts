/** How --remask, --eta and the loop's flags become a way of remasking; defaults are those of ReMDM's scripts. */

import { ConfigError } from "../../src/errors.ts";
import type { Remasking } from "../../src/sampling/remasking.ts";
import type { MethodOptions } from "./sample-options.ts";

/** The flags that belong to a way of remasking, with its defaults. */
export type RemaskSettings =
  | { readonly remask: "cap" | "rescale"; readonly eta: number }
  | {
      readonly remask: "loop";
      readonly eta: number;
      readonly loopFrom: number;
      readonly loopTo: number;
      readonly loopAlpha: number;
    }
  | { readonly remask: "conf" | "forward-backward" | "dfm" };

/** @throws {ConfigError} when the loop's times or its share cannot be */
export function remaskSettings({
  remask = "cap",
  eta,
  loopFrom = 0.55,
  loopTo = 0.05,
  loopAlpha = 0.9,
}: MethodOptions): RemaskSettings {
  switch (remask) {
    case "cap":
      return { remask, eta: eta ?? 0.008 };
    case "rescale":
      return { remask, eta: eta ?? 0.015 };
    case "loop":
      if (!(0 < loopTo && loopTo < loopFrom)) {
        throw new ConfigError(
          `expected --loop-to above 0 and below --loop-from, got ${loopTo} and ${loopFrom}`,
        );
      }
      if (loopAlpha === 0) {
        throw new ConfigError("expected --loop-alpha above 0: a loop unmasks and masks again");
      }
      return { remask, eta: eta ?? 0.02, loopFrom, loopTo, loopAlpha };
    case "conf":
    case "forward-backward":
    case "dfm":
      return { remask };
    default:
      return remask satisfies never;
  }
}

export function remaskingOf(settings: RemaskSettings): Remasking {
  switch (settings.remask) {
    case "cap":
    case "rescale":
      return { kind: settings.remask, eta: settings.eta };
    case "loop": {
      const { eta, loopFrom, loopTo, loopAlpha } = settings;
      return { kind: "loop", eta, from: loopFrom, to: loopTo, alpha: loopAlpha };
    }
    case "conf":
    case "forward-backward":
    case "dfm":
      return { kind: settings.remask };
    default:
      return settings satisfies never;
  }
}
