import type { Resource } from '../../../shared/define';
import { getNew } from './getNew';
import { registerPayment } from './registerPayment';

export const invoice: Resource = { name: 'Invoice', value: 'invoice', operations: [getNew, registerPayment] };
