namespace CrmPlatform.Query.Tests.Agreement;

/// <summary>A row in memory, with the rows it leads to.</summary>
internal sealed class Row
{
    private readonly Dictionary<string, object?> values = new() { ["id"] = Guid.CreateVersion7() };
    private readonly Dictionary<string, Row?> others = [];

    public object? this[string name]
    {
        get => values.GetValueOrDefault(name);
        set => values[name] = value;
    }

    public List<Row> Contacts { get; } = [];

    public List<Row> Emails { get; } = [];

    public object? Other(string name) => others.GetValueOrDefault(name);

    public void One(string name, Row? other) => (others[name], this[name]) = (other, other?["id"]);

    public override string ToString() => string.Join("; ", values.Select(v => $"{v.Key}={v.Value switch
    {
        IReadOnlyList<string> list => $"[{string.Join(",", list)}]",
        DateTimeOffset t => t.ToString("O"),
        null => "null",
        var other => other,
    }}"));
}
