import { prepareElectron } from './electron-program.ts';
import { ensureSystemPackages } from './system-packages.ts';

await ensureSystemPackages(['tests']);
await prepareElectron();
