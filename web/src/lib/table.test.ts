import { describe, expect, it } from 'vitest';
import { guarded, readTable, unguarded, writeTable } from './table';

describe('A table from another program', () => {
  it.each([
    [
      'a\tb\nc\td',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a\tb\r\nc\td\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['"two\nlines"\tb', [['two\nlines', 'b']]],
    ['"say ""hi"""\tb', [['say "hi"', 'b']]],
    ['5" pipe\tb', [['5" pipe', 'b']]],
    ['"5" pipe\tb', [['"5" pipe', 'b']]],
    ['"never closed\tb', [['"never closed', 'b']]],
    [
      '\t\n\t',
      [
        ['', ''],
        ['', ''],
      ],
    ],
    ['a\n\nb', [['a'], [''], ['b']]],
    ['', [['']]],
    ['one', [['one']]],
  ])('%j', (text, rows) => expect(readTable(text, '\t')).toEqual(rows));

  it('is written so that it is read again', () => {
    const rows = [
      ['a', 'b\nc', 'd\te'],
      ['"f"', '', "'g"],
    ];
    expect(readTable(writeTable(rows, '\t'), '\t')).toEqual(rows);
    expect(readTable(writeTable(rows, ','), ',')).toEqual(rows);
  });

  it('holds no formula', () => {
    expect(guarded('=1+1')).toBe("'=1+1");
    expect(guarded('+49 30 1234')).toBe('+49 30 1234');
    expect(guarded('-1.5')).toBe('-1.5');
    expect(guarded('-x()')).toBe("'-x()");
    for (const text of ['=a', '@b', "'=c", '+49', 'd', "it's"]) expect(unguarded(guarded(text))).toBe(text);
  });
});
