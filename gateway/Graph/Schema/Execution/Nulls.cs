namespace CrmPlatform.Graph.Schema.Execution;

/// <summary>What must not be null and is takes what it stands in with it, as far up as something may be null.</summary>
internal static class Nulls
{
    /// <summary>Whether something is left of an object.</summary>
    public static bool Settle(Answered one)
    {
        for (var i = 0; i < one.Fields.Count; i++)
            if (!Settle(one.Fields[i].Field.Type, ref one.Values[i]))
                return false;
        return true;
    }

    private static bool Settle(GraphType type, ref object? value)
    {
        var left = value switch
        {
            Answered one => Settle(one),
            object?[] items when type.Nullable is ListType list => Settle(list.Of, items),
            _ => value is not null,
        };
        if (!left)
            value = null;
        return left || type is not NonNullType;
    }

    private static bool Settle(GraphType of, object?[] items)
    {
        for (var i = 0; i < items.Length; i++)
            if (!Settle(of, ref items[i]))
                return false;
        return true;
    }
}
