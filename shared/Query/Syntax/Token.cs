namespace CrmPlatform.Query.Syntax;

internal enum TokenKind
{
    End,
    Name,
    QuotedName,
    Value,
    Symbol,
}

/// <summary>The smallest piece of the text that means something.</summary>
internal readonly record struct Token(TokenKind Kind, Span At, string Text, object? Value = null)
{
    public bool Is(string word) => Kind switch
    {
        TokenKind.Symbol => Text == word,
        TokenKind.Name => Text.Equals(word, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    public string Shown => Kind == TokenKind.End ? "the end" : $"`{(Text.Length <= 40 ? Text : Text[..39] + "…")}`";
}
