namespace CrmPlatform.Query;

/// <summary>What a filter can ask of something that a name stands for.</summary>
public static class Operators
{
    /// <summary>The operators, the most usual first; none of a group of fields.</summary>
    public static IReadOnlyList<string> Of(Member? member) => member switch
    {
        Field { Kind: Kind.Text } => ["=", "!=", "~", "!~", "in", "not in", "<", "<=", ">", ">=", "is null", "is not null"],
        Field { Kind: Kind.Choice or Kind.Reference } => ["=", "!=", "in", "not in", "is null", "is not null"],
        Field { Kind: Kind.List } => ["has", "has any", "has all", "is null", "is not null"],
        Children { Main: not null } => ["has", "has any", "has all", "~", "!~"],
        Field { Kind: Kind.Boolean } => ["=", "!=", "is null", "is not null"],
        Computed computed => Of(new Field(computed.Name, computed.Kind, "", _ => null)),
        Field => ["=", "!=", "<", "<=", ">", ">=", "between", "in", "not in", "is null", "is not null"],
        _ => [],
    };
}
