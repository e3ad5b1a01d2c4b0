namespace CrmPlatform.Graph.Language;

/// <summary>Cuts a document into tokens. Nothing is copied: a token is where it begins and ends.</summary>
internal readonly ref struct Lexer(ReadOnlySpan<char> text)
{
    private const char None = '\0'; // beyond the end: no token begins with it, none goes on with it

    private readonly ReadOnlySpan<char> text = text;

    /// <summary>The first token from an offset on.</summary>
    public Token Next(int from)
    {
        var at = from;
        while (at < text.Length)
            switch (text[at])
            {
                case '\uFEFF' or '\t' or ' ' or ',' or '\n' or '\r':
                    at++;
                    continue;
                case '#':
                    at = Comment(at);
                    continue;
                case '"':
                    return At(at + 1) == '"' && At(at + 2) == '"' ? BlockString(at) : String(at);
                case '.' when At(at + 1) == '.' && At(at + 2) == '.':
                    return new(TokenKind.Spread, at, at + 3);
                case >= '0' and <= '9' or '-':
                    return Number(at);
                case var letter when IsNameStart(letter):
                    return Name(at);
                case var sign:
                    return new(Punctuator(sign, at), at, at + 1);
            }
        return new(TokenKind.End, text.Length, text.Length);
    }

    private TokenKind Punctuator(char sign, int at) => sign switch
    {
        '!' => TokenKind.Bang,
        '$' => TokenKind.Dollar,
        '&' => TokenKind.Amp,
        '(' => TokenKind.OpenParen,
        ')' => TokenKind.CloseParen,
        ':' => TokenKind.Colon,
        '=' => TokenKind.Equal,
        '@' => TokenKind.At,
        '[' => TokenKind.OpenBracket,
        ']' => TokenKind.CloseBracket,
        '{' => TokenKind.OpenBrace,
        '|' => TokenKind.Pipe,
        '}' => TokenKind.CloseBrace,
        '\'' => throw Wrong(at, "Unexpected single quote character ('), did you mean to use a double quote (\")?"),
        _ => throw Wrong(at, $"Unexpected character: {Shown(at)}."),
    };

    private Token Name(int start)
    {
        var at = start + 1;
        while (at < text.Length && IsNameContinue(text[at]))
            at++;
        return new(TokenKind.Name, start, at);
    }

    private int Comment(int start)
    {
        var at = start + 1;
        while (at < text.Length && text[at] is not ('\n' or '\r') && CharacterLength(at) is var length and > 0)
            at += length;
        return at;
    }

    private Token Number(int start)
    {
        var (at, kind) = (start, TokenKind.Int);
        if (text[at] == '-')
            at++;
        if (At(at) == '0')
        {
            if (char.IsAsciiDigit(At(++at)))
                throw Wrong(at, $"Invalid number, unexpected digit after 0: {Shown(at)}.");
        }
        else
            at = Digits(at);
        if (At(at) == '.')
            (at, kind) = (Digits(at + 1), TokenKind.Float);
        if (At(at) is 'e' or 'E')
            (at, kind) = (Digits(At(at + 1) is '+' or '-' ? at + 2 : at + 1), TokenKind.Float);
        if (At(at) == '.' || IsNameStart(At(at)))
            throw Wrong(at, $"Invalid number, expected digit but got: {Shown(at)}.");
        return new(kind, start, at);
    }

    private int Digits(int at)
    {
        if (!char.IsAsciiDigit(At(at)))
            throw Wrong(at, $"Invalid number, expected digit but got: {Shown(at)}.");
        while (char.IsAsciiDigit(At(at)))
            at++;
        return at;
    }

    private Token String(int start)
    {
        var at = start + 1;
        while (at < text.Length)
            switch (text[at])
            {
                case '"':
                    return new(TokenKind.String, start, at + 1);
                case '\\':
                    at += Escapes.Read(text, at, out _, out _) is var length and > 0
                        ? length : throw Wrong(at, $"Invalid character escape sequence: {Shown(at + 1)}.");
                    break;
                case '\n' or '\r':
                    throw Wrong(at, "Unterminated string.");
                default:
                    at += Character(at);
                    break;
            }
        throw Wrong(at, "Unterminated string.");
    }

    private Token BlockString(int start)
    {
        var at = start + 3;
        while (at < text.Length)
            if (text[at] == '"' && At(at + 1) == '"' && At(at + 2) == '"')
                return new(TokenKind.BlockString, start, at + 3);
            else if (text[at] == '\\' && At(at + 1) == '"' && At(at + 2) == '"' && At(at + 3) == '"')
                at += 4;
            else
                at += Character(at);
        throw Wrong(at, "Unterminated string.");
    }

    private int Character(int at) => CharacterLength(at) is var length and > 0 ? length
        : throw Wrong(at, $"Invalid character within String: {Shown(at)}.");

    // Half a surrogate pair is no character.
    private int CharacterLength(int at) => !char.IsSurrogate(text[at]) ? 1
        : char.IsHighSurrogate(text[at]) && char.IsLowSurrogate(At(at + 1)) ? 2 : 0;

    private char At(int at) => (uint)at < (uint)text.Length ? text[at] : None;

    private string Shown(int at) => at >= text.Length ? Token.Words(TokenKind.End)
        : text[at] is '"' ? "'\"'" : text[at] is >= ' ' and <= '~' ? $"\"{text[at]}\"" : $"U+{(int)text[at]:X4}";

    private GraphException Wrong(int at, string message) =>
        new(new($"Syntax Error: {message}", Codes.Syntax) { Locations = [Location.Of(text, at)] });

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool IsNameContinue(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
