import { may, type RecordType } from '@/api/model';

/** Whether records of a type can be brought from a file by this person. */
export const mayImport = (type: RecordType): boolean => Boolean(type.graph.create) && may(type, 'create');
