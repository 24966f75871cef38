/** The rarely used commands, in a separate bundle. */
export { completion } from './completion';
export { diff } from './diff';
export { doctor } from './doctor';
export { drift } from './drift';
export { effective } from './effective';
export { explain } from './explain';
export { fmt } from './fmt';
export { hocon } from './hocon';
export { init } from './init';
export { keys } from './keys';
export { plan } from './plan';
export { policy } from './policy';
export { preflight } from './preflight';
export { rules } from './rules';
export { schema } from './schema';
export { upgrade } from './upgrade';
