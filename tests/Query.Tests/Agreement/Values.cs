namespace CrmPlatform.Query.Tests.Agreement;

/// <summary>Values with teeth.</summary>
internal sealed class Values(Random random)
{
    private static readonly string[] Texts =
    [
        "", " ", "a", "A", "ab", "b", "Ada", "ada", "ß", "ẞ", "SS", "straße", "STRASSE", "é", "e\u0301", "É", "i", "I", "İ", "ı", "ſ", "K", "k", "Σ", "σ", "ς",
        "😀", "😀a", "\uFFFD", "ﬀ", "%", "_", "\\", "50%_\\", "*", "?", "a*b", "null", "true", "12", "-1.50", " 3 ", "1e5",
        "x'; drop table deal; --", "\"", "'",
        "{r}", "$1", "line\nbreak", "tab\t", "\u00A0", "𐵐", "ꟋᲉ", "Ǆ", "ǅ", "ǆ", "10€", "\U0010FFFF", "日本", "z", "Z", "Proposal", "2026-01-31",
    ];

    private static readonly decimal[] Numbers =
    [
        0, 1, -1, 2, 3, 7, 10, 100, 0.5m, -0.5m, 2.5m, 0.1m, 1.50m, 1000, 12345678.9m, 0.0000000001m, 0.00000000005m, -0.00000000005m,
        decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, 999999999999999999.9999999999m, 1e18m, 33.333333333333333333m,
    ];

    public static readonly string[] Zones =
        ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "America/Havana", "Asia/Beirut", "Pacific/Apia", "Australia/Lord_Howe"];

    // Clocks change here or there, or a day is left out.
    private static readonly DateTimeOffset[] Moments = [.. new[]
    {
        "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2026-03-28T23:00:00Z", "2026-10-24T22:00:00Z", "2010-11-07T02:31:00Z", "2011-03-13T03:31:00Z",
        "2011-12-30T10:00:00Z", "1985-12-31T18:30:00Z", "2026-03-08T05:00:00Z", "2026-11-01T05:00:00Z", "2024-02-29T12:00:00Z", "2026-01-31T10:00:00Z",
    }.Select(t => DateTimeOffset.Parse(t))];

    public static readonly Guid[] Ids = [.. Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7())];

    public T One<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    public string Text() => random.Next(4) > 0 ? One(Texts) : One(Texts) + One(Texts) + (random.Next(2) == 0 ? One(Texts) : "");

    public decimal Number() => random.Next(3) == 0 ? random.Next(-200, 200) / 10m : One(Numbers);

    /// <summary>A number that can be written out.</summary>
    public decimal Short() => Number() is var n && Math.Abs(n) > 1e28m ? n / 10 - n / 10 % 1 : n;

    public object? Whole() => random.Next(5) == 0 ? null : random.Next(4) == 0 ? int.MaxValue : random.Next(-5, 10);

    public DateTimeOffset Moment() => One(Moments).AddMinutes(One([0, 0, 1, -1, 29, 30, 31, 60, -60, 720, 1440])).AddTicks(One([0L, 10, -10]));

    public DateOnly Day() => DateOnly.FromDateTime(Moment().DateTime).AddDays(random.Next(-2, 3));

    public Money Money() => new(Number(), One(["EUR", "USD", "JPY"]));

    public object? Of(Kind kind) => random.Next(5) == 0 ? null : kind switch
    {
        Kind.Text => Text(),
        Kind.Number => Number(),
        Kind.Money => Money(),
        Kind.Date => Day(),
        Kind.Instant => Moment(),
        Kind.Boolean => random.Next(2) == 0,
        Kind.Choice => One(World.Choices),
        Kind.Reference => One(Ids),
        Kind.List => Enumerable.Range(0, random.Next(4)).Select(_ => One((string[])["vip", "VIP", "", "ß", "a", "'"])).ToList(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public Context Context() => new(Moment(), TimeZoneInfo.FindSystemTimeZoneById(One(Zones)))
    {
        Me = random.Next(4) == 0 ? null : One(Ids),
        Team = random.Next(4) == 0 ? [] : [One(Ids), One(Ids)],
        FirstDay = One((DayOfWeek[])[DayOfWeek.Monday, DayOfWeek.Sunday]),
    };
}
