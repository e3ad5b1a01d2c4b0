namespace CrmPlatform.Query;

/// <summary>Something a name of a shape stands for.</summary>
/// <param name="Name">The name.</param>
public abstract record Member(string Name)
{
    /// <summary>Whether this caller may not know of it.</summary>
    public bool Hidden { get; init; }
}

/// <summary>A value each row has.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Sql">
/// How SQL reaches it, exactly as an index has it: <c>{r}.last_name</c>, <c>({r}.custom-&gt;&gt;'size')::numeric</c>. Of money: the amount.
/// </param>
/// <param name="Get">
/// How memory reaches it: null, or a string, any whole or decimal number, <see cref="Money"/>, DateOnly, DateTimeOffset or DateTime
/// in UTC to the microsecond, bool, Guid, IEnumerable of string.
/// </param>
public sealed record Field(string Name, Kind Kind, string Sql, Func<object, object?> Get) : Member(Name)
{
    /// <summary>Of money: how SQL reaches the currency.</summary>
    public string? CurrencySql { get; init; }

    /// <summary>Of a choice or a list: the values it can have, if they are fixed.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>Of a list: whether SQL has it as a JSON array, not as <c>text[]</c>. Of anything else: that it has parts of its own.</summary>
    public bool Json { get; init; }

    /// <summary>Of a number: whether SQL has it as a whole number, whose index a decimal could not use.</summary>
    public bool Whole { get; init; }

    /// <summary>Of a reference: how to get to the record, if one can.</summary>
    public Link? Link { get; init; }

    /// <summary>A column.</summary>
    public static Field Column(string name, Kind kind, string column, Func<object, object?> get) => new(name, kind, $"{{r}}.{column}", get);

    /// <summary>A member of a JSON column, as text and cast to what the kind needs.</summary>
    public static Field InJson(string name, Kind kind, string column, string key, Func<object, object?> get)
    {
        var member = Template.Quote(key);
        return new(name, kind, kind switch
        {
            Kind.List => $"({{r}}.{column}->{member})",
            Kind.Number => $"({{r}}.{column}->>{member})::numeric",
            Kind.Date => $"({{r}}.{column}->>{member})::date",
            Kind.Instant => $"({{r}}.{column}->>{member})::timestamptz",
            Kind.Boolean => $"({{r}}.{column}->>{member})::boolean",
            Kind.Reference => $"({{r}}.{column}->>{member})::uuid",
            Kind.Money => $"({{r}}.{column}->{member}->>'amount')::numeric",
            _ => $"({{r}}.{column}->>{member})",
        }, get)
        {
            Json = kind == Kind.List,
            CurrencySql = kind == Kind.Money ? $"({{r}}.{column}->{member}->>'currency')" : null,
        };
    }
}

/// <summary>Fields of the row itself under a name of their own: <c>billingAddress.city</c>, <c>custom.size</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Shape">The fields; in their SQL <c>{r}</c> stands for the same row.</param>
public sealed record Group(string Name, Shape Shape) : Member(Name);

/// <summary>Other rows that belong to each row: the contacts of an account, the e-mail addresses of a contact.</summary>
/// <param name="Name">The name.</param>
/// <param name="Link">How to get to them.</param>
public sealed record Children(string Name, Link Link) : Member(Name)
{
    /// <summary>The field of a child that <c>has</c> compares, if there is one that says it all: an e-mail's address.</summary>
    public string? Main { get; init; }

    /// <summary>The field by which they refer to the row, where it has a name.</summary>
    public string? By { get; init; }

    /// <summary>
    /// What SQL says of a row that has a member with this main field, where an index knows it: <c>{r}.emails @&gt; …</c>, with <c>{v}</c>
    /// for the text.
    /// </summary>
    public string? HasSql { get; init; }
}
