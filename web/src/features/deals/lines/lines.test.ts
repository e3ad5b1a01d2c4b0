import { describe, expect, it } from 'vitest';
import { emptyLine, moved, problemAt, textOf, withText } from './lines';

const line = { ...emptyLine(), quantity: 2.5, listPrice: { amount: '1299.60', currency: 'EUR' } };

describe('the cells of lines', () => {
  it('are read as somebody writes numbers in their language', () => {
    expect(withText(line, 'quantity', '1.250,5', 'de', 'EUR')?.quantity).toBe(1250.5);
    expect(withText(line, 'quantity', '1,250.5', 'en', 'EUR')?.quantity).toBe(1250.5);
    expect(textOf(line, 'quantity', 'de')).toBe('2,5');
  });

  it('are not changed by what cannot be meant', () => {
    expect(withText(line, 'quantity', 'many', 'en', 'EUR')).toBeUndefined();
    expect(withText(line, 'term', '1.5', 'en', 'EUR')).toBeUndefined();
  });

  it('take a discount in percent or as an amount, never both', () => {
    const percent = withText(line, 'discount', '12.5%', 'en', 'EUR') ?? line;
    expect(percent).toMatchObject({ discountPercent: 12.5, discountAmount: null });
    expect(withText(percent, 'discount', '40', 'en', 'EUR')).toMatchObject({ discountPercent: null, discountAmount: 40 });
    expect(textOf(percent, 'discount', 'en')).toBe('12.5%');
  });

  it('keep every digit of a price, in its currency or the one that is typed', () => {
    expect(withText(line, 'listPrice', '0.10', 'en', 'USD')?.listPrice).toEqual({ amount: '0.10', currency: 'EUR' });
    expect(withText(line, 'listPrice', '99 usd', 'en', 'EUR')?.listPrice).toEqual({ amount: '99', currency: 'USD' });
    expect(withText(emptyLine(), 'listPrice', '5', 'en', 'CHF')?.listPrice).toEqual({ amount: '5', currency: 'CHF' });
  });

  it('show what the service says of them', () => {
    const problems = [{ code: 'invalid', message: 'No price.', field: 'lines[1].listPrice' }];
    expect(problemAt(problems, 1, 'listPrice')).toBe('No price.');
    expect(problemAt(problems, 0, 'listPrice')).toBeUndefined();
  });
});

describe('the order of lines', () => {
  it('is changed one by one, and ends at the ends', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 2, 3)).toEqual(['a', 'b', 'c']);
  });
});
