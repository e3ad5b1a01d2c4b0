using System.Globalization;

namespace CrmPlatform.Contacts.Tests.Jobs;

/// <summary>Records made up of nasty texts and of values of every kind of field; the same again from the same seed.</summary>
internal sealed class Made(int seed)
{
    private static readonly string[] Nasty =
    [
        "=1+1", "-5", "+49 30", "@here", "'quoted", "''", "\"", "a,b;c", "00123", "l1\nl2", "1e5",
        "ümläut 👩‍💻", "[x]", "true", "12.50 EUR", "{\"a\":1}", "a\tb", "_x000D_", "null", "; ", "\\", "2026-01-31", "&amp;<b>", "é", "\u200f!",
    ];

    private readonly Random random = new(seed);

    /// <summary>Custom fields: a name and a kind each; beside them achoice and amultiChoice of a and b.</summary>
    public static IReadOnlyList<(string Name, string Kind)> Kinds =>
    [
        .. ((string[])["text", "longText", "number", "money", "date", "instant", "boolean", "email", "phone", "url", "rating", "json"])
            .Select(kind => ($"a{kind}", kind)),
    ];

    public object Account(int n) => new
    {
        name = Text(),
        industry = Maybe(Text()),
        description = $"{Text()}\r\n{Text()}",
        employees = random.Next(3) == 0 ? (int?)null : random.Next(1_000_000),
        tags = Enumerable.Range(0, random.Next(3)).Select(_ => Text()).Distinct(),
        externalIds = new[] { new { system = "erp", id = $"{Text()}{n}" } },
        revenue = new { amount = $"{random.NextInt64(1_000_000_000_000_000)}.{random.Next(10)}0", currency = "EUR" },
        addresses = new[] { new { type = "office", street = Text(), country = "DE" } },
        custom = Custom(),
    };

    public object Contact(int n) => new
    {
        lastName = Text(),
        firstName = Maybe(Text()),
        birthday = Maybe(Day()),
        lifecycleStage = Maybe("lead"),
        buyingRole = Maybe("champion"),
        emails = new object[] { new { address = $"a{n}@mail.example", primary = true, type = "work" }, new { address = $"b{n}@mail.example", optOut = true } },
        phones = new[] { new { number = Phone() } },
        custom = Custom(),
    };

    public override string ToString() => $"seed {seed}";

    private Dictionary<string, object?> Custom() => new()
    {
        ["atext"] = Maybe(Text()),
        ["alongText"] = Maybe($"{Text()}\n{Text()}"),
        ["anumber"] = random.Next(1000) / 100m,
        ["amoney"] = new { amount = $"{random.Next(1000)}.{random.Next(10)}0", currency = "CHF" },
        ["adate"] = Maybe(Day()),
        ["ainstant"] = $"{Day()}T{random.Next(10, 24)}:00:00.{random.Next(100, 999)}Z",
        ["aboolean"] = random.Next(2) == 0,
        ["aemail"] = Maybe("ada@mail.example"),
        ["aphone"] = Maybe(Phone()),
        ["aurl"] = Maybe("https://example.com/?a=1;b=2,3"),
        ["arating"] = random.Next(1, 6),
        ["ajson"] = random.Next(2) == 0 ? new { deep = new[] { Text() } } : Text(),
        ["achoice"] = Maybe("a"),
        ["amultiChoice"] = random.Next(2) == 0 ? ["a", "b"] : (string[])["b"],
    };

    // One, or two run into each other; never with spaces around it, which are not kept.
    private string Text()
    {
        var text = string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Nasty[random.Next(Nasty.Length)])).Trim();
        return text.Length == 0 ? "x" : text;
    }

    private string? Maybe(string text) => random.Next(3) == 0 ? null : text;

    private string Day() => new DateOnly(1900, 1, 1).AddDays(random.Next(60_000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Phone() => $"+4930{random.Next(100_000, 999_999)}";
}
