export { entityCreated } from './entityCreated';
export { entityCreatedOrUpdated } from './entityCreatedOrUpdated';
export { entityUpdated } from './entityUpdated';
