import { describe, expect, it } from 'vitest';
import { blank, type CustomField, changeOf, nameFor, toldOf } from './fields/customField';
import { inTree } from './people/TeamsScreen';
import { any, grantFor, withGrant } from './roles/role';

describe('a field of the tenant’s own', () => {
  const size: CustomField = { ...blank, id: '1', name: 'size', label: 'Size', kind: 'number', min: 1, retired: false };

  it('is named after its label, as programs can say it', () => {
    expect(nameFor('Shoe size')).toBe('shoeSize');
    expect(nameFor('Größe in cm')).toBe('groesseInCm');
    expect(nameFor('2nd Name')).toBe('ndName');
    expect(nameFor('')).toBe('');
  });

  it('sends only what its kind has', () => {
    expect(toldOf({ ...blank, kind: 'boolean', min: 3, pattern: 'x', indexed: true })).not.toHaveProperty('min');
    expect(toldOf({ ...blank, kind: 'formula', formula: 'a + b', required: true })).toMatchObject({ formula: 'a + b' });
    expect(toldOf({ ...blank, kind: 'formula', required: true })).not.toHaveProperty('required');
    expect(toldOf({ ...blank, kind: 'rollUp', function: 'count', field: 'amount' })).toMatchObject({ field: null });
  });

  it('tells of a change what differs, with what was seen', () => {
    expect(changeOf(size, { ...size, label: 'Shoe size', min: 2 })).toEqual({
      change: { label: 'Shoe size', min: 2 },
      base: { label: 'Size', min: 1 },
    });
    expect(changeOf(size, { ...size, help: '' })).toBeUndefined();
  });
});

describe('a role', () => {
  const others = { record: any, create: 'own', read: 'team', update: 'own', delete: 'none', export: 'none', fields: [] } as const;

  it('says of a record type that is not named what it says of all others', () => {
    expect(grantFor([others], 'deal')).toEqual({ ...others, record: 'deal' });
    expect(grantFor([], 'deal').read).toBe('none');
  });

  it('begins with that where one deed is changed', () => {
    expect(withGrant([others], 'deal', { read: 'all' })).toEqual([others, { ...others, record: 'deal', read: 'all' }]);
    expect(withGrant([others], any, { read: 'all' })).toEqual([{ ...others, read: 'all' }]);
  });
});

describe('teams', () => {
  it('stand below the team they are part of, and at the top where that is not seen', () => {
    const teams = [
      { id: 'b', name: 'B', parentId: 'a' },
      { id: 'a', name: 'A', parentId: null },
      { id: 'c', name: 'C', parentId: 'gone' },
    ];
    expect(inTree(teams).map(({ team, depth }) => `${team.id}${depth}`)).toEqual(['a0', 'b1', 'c0']);
  });
});
