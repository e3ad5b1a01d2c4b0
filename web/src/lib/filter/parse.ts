import { quoted } from './text';
import { type Condition, emptyGroup, type Group, type Operator, textOf } from './tree';

type Token = { readonly kind: 'text' | 'word' | 'number' | 'sign'; readonly text: string };

const pattern =
  /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(`[^`]+`|[\p{L}_][\p{L}\p{N}_]*)|([+-]?\d[\d:.TZ+-]*\p{L}*)|(!~|!=|<=|>=|[=<>~(),.]))/uy;

function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.trimEnd().length) {
    const found = pattern.exec(text);
    if (!found) return undefined;
    const kinds = ['text', 'word', 'number', 'sign'] as const;
    const at = [1, 2, 3, 4].find((i) => found[i] !== undefined) ?? 1;
    tokens.push({ kind: kinds[at - 1] ?? 'sign', text: found[at] ?? '' });
  }
  return tokens;
}

/** What a filter says, as conditions; undefined where it says more than they can show. */
export function parseFilter(text: string): Group | undefined {
  if (!text.trim()) return emptyGroup;
  const tokens = tokensOf(text);
  if (!tokens) return undefined;
  try {
    const reader = new Reader(tokens);
    const item = reader.joined();
    if (!reader.atEnd) return undefined;
    return item.kind === 'group' ? item : { kind: 'group', join: 'and', items: [item] };
  } catch (error) {
    if (error instanceof TooFree) return undefined;
    throw error;
  }
}

class TooFree extends Error {}

class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  get atEnd() {
    return this.at === this.tokens.length;
  }

  joined(): Condition | Group {
    const some = [this.conjoined()];
    while (this.takes('or')) some.push(this.conjoined());
    return some.length === 1 && some[0] ? some[0] : { kind: 'group', join: 'or', items: some };
  }

  private conjoined(): Condition | Group {
    const some = [this.one()];
    while (this.takes('and')) some.push(this.one());
    return some.length === 1 && some[0] ? some[0] : { kind: 'group', join: 'and', items: some };
  }

  private one(): Condition | Group {
    if (this.takes('(')) {
      const inner = this.joined();
      this.expect(')');
      return inner.kind === 'group' ? inner : { kind: 'group', join: 'and', items: [inner] };
    }
    return this.condition();
  }

  private condition(): Condition {
    const field = this.path();
    const operator = this.operator();
    const of = (is: Operator, values: readonly string[]): Condition => ({ kind: 'condition', field, operator: is, values });
    if (operator === 'is null' || operator === 'is not null') return of(operator, []);
    if (operator === 'in' || operator === 'not in' || operator === 'has any') {
      if (!this.takes('(')) return operator === 'in' ? of('=', [this.literal()]) : this.tooFree();
      const values = [this.literal()];
      while (this.takes(',')) values.push(this.literal());
      this.expect(')');
      return of(operator, values);
    }
    const value = this.literal();
    return operator === '~' || operator === '!~' ? matching(of, operator, value) : of(operator, [value]);
  }

  private path(): string {
    const parts = [this.word()];
    while (this.takes('.')) parts.push(this.word());
    if (this.peek()?.text === '(' || ['not', 'any', 'all', 'none'].includes(parts[0] ?? '')) this.tooFree();
    return parts.join('.');
  }

  private operator(): Operator {
    const sign = this.next();
    if (['=', '!=', '<', '<=', '>', '>=', '~', '!~'].includes(sign.text)) return sign.text as Operator;
    const word = sign.text.toLowerCase();
    if (word === 'is') return this.isNull();
    if (word === 'in') return 'in';
    if (word === 'not' && this.takes('in')) return 'not in';
    if (word === 'has') return this.takes('any') ? 'has any' : 'has';
    return this.tooFree();
  }

  private isNull(): Operator {
    const operator = this.takes('not') ? 'is not null' : 'is null';
    this.expect('null');
    return operator;
  }

  private literal(): string {
    const token = this.next();
    if (token.kind === 'sign') this.tooFree();
    if (
      token.kind === 'word' &&
      (token.text.startsWith('`') ||
        !/^(true|false|me|myteam|now|today|yesterday|tomorrow|(this|last|next)(week|month|quarter|year))$/i.test(token.text))
    )
      this.tooFree();
    const unit = this.peek();
    if (token.kind === 'number' && unit?.kind === 'word' && /^[A-Z]{3}$/.test(unit.text)) return `${token.text} ${this.next().text}`;
    if (unit && /^[+-]/.test(unit.text)) this.tooFree();
    return token.text;
  }

  private word(): string {
    const token = this.next();
    return token.kind === 'word' ? token.text.replaceAll('`', '') : this.tooFree();
  }

  private peek = (): Token | undefined => this.tokens[this.at];

  private next = (): Token => this.tokens[this.at++] ?? this.tooFree();

  private takes(text: string): boolean {
    const is = this.peek()?.kind !== 'text' && this.peek()?.text.toLowerCase() === text;
    if (is) this.at++;
    return is;
  }

  private expect(text: string) {
    if (!this.takes(text)) this.tooFree();
  }

  private tooFree(): never {
    throw new TooFree();
  }
}

// "*words*" is what contains them; anything else stays the pattern it is.
function matching(of: (is: Operator, values: readonly string[]) => Condition, operator: '~' | '!~', value: string): Condition {
  const found = /^(\*?)((?:[^\\*?]|\\.)+)\*$/su.exec(textOf(value));
  const words = found?.[2] && quoted(found[2].replace(/\\(.)/gs, '$1'));
  if (words && found[1]) return of(operator === '~' ? 'contains' : 'not contains', [words]);
  if (words && operator === '~') return of('begins', [words]);
  return of(operator, [value]);
}
