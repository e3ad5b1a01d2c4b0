import { type FieldModel, isEditable, type RecordType } from '@/api/model';
import { usualColumns } from './list/columns';

/** What somebody enters first; everything else can be opened. */
const first: Readonly<Record<string, readonly string[]>> = {
  contacts: ['firstName', 'lastName', 'email', 'phone', 'accountId', 'jobTitle', 'ownerId', 'tags'],
  accounts: ['name', 'domain', 'industry', 'phone', 'ownerId', 'tags'],
  leads: ['firstName', 'lastName', 'company', 'email', 'phone', 'source', 'estimatedAmount', 'ownerId'],
  deals: ['name', 'accountId', 'amount', 'pipelineId', 'stageId', 'expectedCloseOn', 'ownerId'],
};

const never = new Set(['externalIds', 'id']);

/** Fields of a form in their order: those that are needed, those of every day, the others. */
export function formFields(type: RecordType): { readonly usual: readonly FieldModel[]; readonly others: readonly FieldModel[] } {
  const editable = type.fields.filter((field) => isEditable(field) && !never.has(field.name) && field.kind !== 'json');
  const names = first[type.plural] ?? usualColumns(type);
  const usual = names.flatMap((name) => editable.find((field) => field.name === name) ?? []);
  const needed = editable.filter((field) => field.required && !usual.includes(field));
  const shown = [...needed, ...usual];
  // A list of e-mail addresses is what its first one is made from; nobody enters both.
  const parts = new Set(shown.map((field) => `${field.name}s`));
  return { usual: shown, others: editable.filter((field) => !shown.includes(field) && !parts.has(field.name)) };
}
