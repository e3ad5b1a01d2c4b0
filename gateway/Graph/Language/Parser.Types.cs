namespace CrmPlatform.Graph.Language;

/// <content>Definitions of types.</content>
public sealed partial class Parser
{
    private TypeDefinition TypeDefinition(bool extends)
    {
        var start = token.Start;
        var says = Description();
        if (extends)
        {
            if (Ahead() is var next && Word(next) is not ("schema" or "scalar" or "type" or "interface" or "union" or "enum" or "input"))
                throw Unexpected(next);
            Advance();
        }
        var kind = Name().Text;
        var definition = kind switch
        {
            "schema" => Schema(start, says, extends),
            "directive" => DirectiveDefinition(start, says),
            "scalar" => new TypeDefinition(start, kind, Name(), extends) { Says = says, Directives = Directives(constant: true) },
            "union" => Union(start, says, extends),
            "enum" => With(start, kind, says, extends, implements: false, p => p.EnumValue()),
            "input" => With(start, kind, says, extends, implements: false, p => p.InputValue()),
            _ => With(start, kind, says, extends, implements: true, p => p.FieldDefinition()),
        };
        return extends && definition is { Directives: [], Types: [], Members: [] } ? throw Unexpected(token) : definition;
    }

    private TypeDefinition Schema(int start, string? says, bool extends)
    {
        var directives = Directives(constant: true);
        var members = extends ? Optional(TokenKind.OpenBrace, TokenKind.CloseBrace, p => p.OperationType())
            : Many(TokenKind.OpenBrace, TokenKind.CloseBrace, p => p.OperationType());
        return new(start, "schema", null, extends) { Says = says, Directives = directives, Members = members };
    }

    private MemberDefinition OperationType()
    {
        var here = token;
        OperationWord();
        Expect(TokenKind.Colon);
        return new(here.Start, new(here.Start, Text(here).ToString())) { Type = NamedType() };
    }

    private TypeDefinition With(int start, string kind, string? says, bool extends, bool implements, Func<Parser, MemberDefinition> member)
    {
        var name = Name();
        IReadOnlyList<NamedTypeNode> types = implements && TakeKeyword("implements") ? Between(TokenKind.Amp, p => p.NamedType()) : [];
        var directives = Directives(constant: true);
        var members = Optional(TokenKind.OpenBrace, TokenKind.CloseBrace, member);
        return new(start, kind, name, extends) { Says = says, Types = types, Directives = directives, Members = members };
    }

    private TypeDefinition Union(int start, string? says, bool extends)
    {
        var name = Name();
        var directives = Directives(constant: true);
        IReadOnlyList<NamedTypeNode> types = Take(TokenKind.Equal) ? Between(TokenKind.Pipe, p => p.NamedType()) : [];
        return new(start, "union", name, extends) { Says = says, Directives = directives, Types = types };
    }

    private TypeDefinition DirectiveDefinition(int start, string? says)
    {
        Expect(TokenKind.At);
        var name = Name();
        var arguments = Optional(TokenKind.OpenParen, TokenKind.CloseParen, p => p.InputValue());
        var repeatable = TakeKeyword("repeatable");
        Keyword("on");
        var places = Between(TokenKind.Pipe, p => p.Place());
        return new(start, "directive", name, extends: false) { Says = says, Members = arguments, Repeatable = repeatable, Places = places };
    }

    private Name Place()
    {
        var here = token;
        var name = Name();
        return Places.All.Contains(name.Text) ? name : throw Unexpected(here);
    }

    private MemberDefinition FieldDefinition()
    {
        var start = token.Start;
        var says = Description();
        var name = Name();
        var arguments = Optional(TokenKind.OpenParen, TokenKind.CloseParen, p => p.InputValue());
        Expect(TokenKind.Colon);
        var type = Type();
        return new(start, name) { Says = says, Arguments = arguments, Type = type, Directives = Directives(constant: true) };
    }

    private MemberDefinition InputValue()
    {
        var start = token.Start;
        var says = Description();
        var name = Name();
        Expect(TokenKind.Colon);
        var type = Type();
        var otherwise = Take(TokenKind.Equal) ? Value(constant: true) : null;
        return new(start, name) { Says = says, Type = type, Otherwise = otherwise, Directives = Directives(constant: true) };
    }

    private MemberDefinition EnumValue()
    {
        var start = token.Start;
        var says = Description();
        if (Word(token) is "true" or "false" or "null")
            throw Wrong(token.Start, $"{Shown(token)} is reserved and cannot be used for an enum value.");
        return new(start, Name()) { Says = says, Directives = Directives(constant: true) };
    }
}
