using System.Text;

namespace CrmPlatform.Query.Syntax;

/// <summary>Cuts the text into tokens, one at a time, in one pass.</summary>
internal sealed partial class Lexer(string text)
{
    private int at;

    public Token Next()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
            at++;
        if (at >= text.Length)
            return new(TokenKind.End, new(text.Length, 0), "");
        var c = text[at];
        if (c is '"' or '\'')
            return Quoted(c);
        if (c == '`')
            return QuotedName();
        if (char.IsAsciiDigit(c))
            return Number();
        return Words.IsStart(c) ? Cut(TokenKind.Name, Run(at, Words.IsPart)) : Symbol();
    }

    private Token Symbol()
    {
        var two = at + 2 <= text.Length ? text.Substring(at, 2) : "";
        if (two == "==")
            throw Wrong(at, 2, "Equality is written `=`.");
        if (two is "!=" or "<=" or ">=" or "!~")
            return Cut(TokenKind.Symbol, at + 2);
        if ("()=<>~,.+-*/%&".Contains(text[at], StringComparison.Ordinal))
            return Cut(TokenKind.Symbol, at + 1);
        var rune = Rune.TryGetRuneAt(text, at, out var whole) ? whole.ToString() : "\uFFFD";
        throw Wrong(at, rune.Length, $"`{rune}` means nothing here.");
    }

    private Token Quoted(char quote)
    {
        var value = new StringBuilder();
        var i = at + 1;
        for (; i < text.Length && text[i] != quote; i++)
        {
            if (text[i] != '\\')
                value.Append(text[i]);
            else if (++i == text.Length)
                break;
            else
                value.Append(text[i] switch
                {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    '"' or '\'' or '\\' => text[i],
                    // A pattern needs its own backslashes: \* and \? pass through as they are.
                    '*' or '?' when value.Append('\\') is not null => text[i],
                    _ => throw Wrong(i - 1, 2, $"`\\{text[i]}` is no escape; a backslash itself is written `\\\\`."),
                });
        }
        if (i >= text.Length)
            throw Wrong(at, text.Length - at, $"The text that begins here has no closing {quote}");
        return Cut(TokenKind.Value, i + 1, Storable(value.ToString()));
    }

    // A database holds no NUL and no half of a surrogate pair: no text could equal one.
    private string Storable(string value)
    {
        for (var i = 0; i < value.Length; i++)
            if (value[i] == '\0' || char.IsSurrogate(value[i]) && !(char.IsSurrogatePair(value, i) && ++i > 0))
                throw Wrong(at, 1, "The text that begins here holds a character that no text can have.");
        return value;
    }

    private Token QuotedName()
    {
        var end = text.IndexOf('`', at + 1);
        if (end <= at + 1)
            throw Wrong(at, 1, end < 0 ? "The name that begins here has no closing `" : "A name needs at least one character.");
        var name = Storable(text[(at + 1)..end]);
        return Cut(TokenKind.QuotedName, end + 1) with { Text = name };
    }

    private int Run(int from, Func<char, bool> belongs)
    {
        while (from < text.Length && belongs(text[from]))
            from++;
        return from;
    }

    private Token Cut(TokenKind kind, int end, object? value = null)
    {
        var token = new Token(kind, new(at, end - at), text[at..end], value);
        at = end;
        return token;
    }

    private static QueryException Wrong(int offset, int length, string message) => new(QueryFault.Syntax, new(offset, length), message);
}
