// npm sets the bit only when it installs a package; a checkout's own build needs it too.
import { chmodSync } from "node:fs";

chmodSync(new URL("../dist/src/cli/main.js", import.meta.url), 0o755);
