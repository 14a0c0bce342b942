import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';
import { grant } from './grant';
import { revoke } from './revoke';
import { setInheritance } from './setInheritance';
import { setSharing } from './setSharing';

export const access: Resource = {
	name: 'Access',
	value: 'access',
	operations: [get, grant, revoke, setSharing, setInheritance],
};
