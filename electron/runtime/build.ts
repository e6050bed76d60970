import { buildApp } from './bundle.ts';

await buildApp();
