import type { FieldModel, RecordType } from '@/api/model';
import type { PlainKey } from '@/lib/i18n/catalogue';
import { kindOf } from '../fields/FieldValue';
import { formFields } from '../form';

export type Section = { readonly id: string; readonly label: PlainKey; readonly fields: readonly FieldModel[] };

const reach = new Set(['email', 'phone', 'url', 'address']);
const never = new Set(['id', 'version', 'deletedAt']);
// The lines of a deal are a grid of their own.
const elsewhere = new Set(['lines']);
const kept = new Set(['createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'externalIds']);

/** A list of e-mail addresses, phone numbers, postal addresses: what its entries are made of says so. */
const isReach = (field: FieldModel) =>
  reach.has(kindOf(field)) ||
  (field.kind === 'list' && (field.parts ?? []).some((part) => /^(address|number|street|url|handle)$/.test(part.name)));

/** All fields of a type in the order in which somebody looks for them. */
export function sectionsOf(type: RecordType): readonly Section[] {
  const all = type.fields.filter((field) => field.graph.name && !never.has(field.name) && !elsewhere.has(field.name) && !field.retired);
  const main = formFields(type).usual.filter((field) => all.includes(field));
  const taken = new Set(main);
  // Of a list and of what its first entry is, the page shows the list.
  for (const field of all)
    if (all.some((list) => list.kind === 'list' && list.name === `${field.name}s`) && !main.includes(field)) taken.add(field);
  const take = (which: (field: FieldModel) => boolean) => {
    const found = all.filter((field) => !taken.has(field) && which(field));
    for (const field of found) taken.add(field);
    return found;
  };
  const record = take((field) => kept.has(field.name));
  const custom = take((field) => field.origin === 'custom');
  const contact = take(isReach);
  const notes = take((field) => field.kind === 'longText');
  const course = take((field) => field.setBySlices && field.kind !== 'text');
  const details = take((field) => field.name !== type.title);
  const sections: readonly Section[] = [
    { id: 'main', label: 'section.main', fields: main },
    { id: 'custom', label: 'section.custom', fields: custom },
    { id: 'reach', label: 'section.reach', fields: contact },
    { id: 'details', label: 'section.details', fields: details },
    { id: 'notes', label: 'section.notes', fields: notes },
    { id: 'course', label: 'section.course', fields: course },
    { id: 'record', label: 'section.record', fields: record },
  ];
  return sections.filter((section) => section.fields.length > 0);
}
