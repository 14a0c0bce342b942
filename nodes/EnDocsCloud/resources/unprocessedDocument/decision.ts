import type { INodeProperties } from 'n8n-workflow';

import { locator, notice } from '../../../shared/editor/fields';
import { defineOperation, type Operation } from '../../../shared/operation/operation';
import { wholeNumberOf } from '../../editor/choices';
import { formExtras, formOptions, textField } from '../../editor/formFields';
import { checkedForm } from '../../values/checkedForm';
import { post } from '../../wire/post';

type Decision = Pick<Operation, 'name' | 'value' | 'action' | 'description'> & { readonly approved: boolean };

const fields: INodeProperties[] = [
	notice('Each item decides about one document. EnDocs Cloud documents no way to take a decision back.'),
	textField('Unprocessed Document ID', 'nonFormId', "ID of the unprocessed document (NonFormID). To find some, try Unprocessed Document > Get Many; that their ID is this one is not documented.", {
		required: true,
		placeholder: 'e.g. 77',
	}),
	locator({
		displayName: 'Approver',
		name: 'approver',
		description: 'Full name of the person who decided',
		search: 'searchApprovers',
		typed: 'By Name',
		placeholder: 'e.g. Вера Лопатина',
	}),
	textField('Comment', 'comment', 'Why it was decided so', {
		required: true,
		typeOptions: { rows: 3 },
		placeholder: 'e.g. Скан нечитаемый, пришлите заново',
	}),
	...formExtras,
];

/** Both decisions are one call that differs in `Approved` (vendors/endocs.md §3.7). */
export function decision({ approved, ...text }: Decision): Operation {
	return defineOperation({
		...text,
		effect: 'write',
		fields,
		options: formOptions,
		input: async (call) => {
			const id = wholeNumberOf(call, 'nonFormId', 'Enter an ID such as 77');
			const checked = await checkedForm(call, {
				NonFormID: id,
				Approved: approved,
				Approver: call.requiredText('approver'),
				Comment: call.requiredText('comment'),
			});
			return { checked, id };
		},
		run: async (call, { checked, id }) => await post(call, '/Metadata/DocApproval', checked, { operation: text.value, nonFormId: id }),
	});
}
