import type { Resource } from '../../../shared/operation/operation';
import { getNew } from './getNew';
import { registerPayment } from './registerPayment';

export const invoice: Resource = { name: 'Invoice', value: 'invoice', operations: [getNew, registerPayment] };
