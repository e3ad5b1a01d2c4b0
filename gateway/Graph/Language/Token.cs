namespace CrmPlatform.Graph.Language;

/// <summary>What a token is.</summary>
internal enum TokenKind : byte
{
    Start,
    End,
    Bang,
    Dollar,
    Amp,
    OpenParen,
    CloseParen,
    Spread,
    Colon,
    Equal,
    At,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    Pipe,
    CloseBrace,
    Name,
    Int,
    Float,
    String,
    BlockString,
}

/// <summary>A stretch of the document.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End)
{
    /// <summary>What to call it in a sentence.</summary>
    public static string Words(TokenKind kind) => kind switch
    {
        TokenKind.Start => "<SOF>",
        TokenKind.End => "<EOF>",
        TokenKind.Bang => "\"!\"",
        TokenKind.Dollar => "\"$\"",
        TokenKind.Amp => "\"&\"",
        TokenKind.OpenParen => "\"(\"",
        TokenKind.CloseParen => "\")\"",
        TokenKind.Spread => "\"...\"",
        TokenKind.Colon => "\":\"",
        TokenKind.Equal => "\"=\"",
        TokenKind.At => "\"@\"",
        TokenKind.OpenBracket => "\"[\"",
        TokenKind.CloseBracket => "\"]\"",
        TokenKind.OpenBrace => "\"{\"",
        TokenKind.Pipe => "\"|\"",
        TokenKind.CloseBrace => "\"}\"",
        _ => kind.ToString(),
    };
}
