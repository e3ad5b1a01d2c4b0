namespace CrmPlatform.Query.Tests;

/// <summary>Deals, their accounts and contacts, as examples speak of them.</summary>
internal static class Crm
{
    public static readonly Context Friday = new(DateTimeOffset.Parse("2026-01-30T22:30:00Z"), TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu"))
    {
        Me = Guid.Parse("0194bd5a-0000-7000-8000-000000000001"),
        Team = [Guid.Parse("0194bd5a-0000-7000-8000-000000000001"), Guid.Parse("0194bd5a-0000-7000-8000-000000000002")],
    };

    private static readonly Shape Email = new("email", "", [Json("address", Kind.Text), Json("kind", Kind.Choice)]);

    private static readonly Shape User = new("user", "person", [Of("name", Kind.Text)]);

    private static readonly Shape Contact = new("contact", "contact",
    [
        Of("email", Kind.Text), Of("active", Kind.Boolean), Of("lastName", Kind.Text),
        new Children("emails", Inside()) { Main = "address" },
    ]);

    private static readonly Shape Account = new("account", "account",
    [
        Of("industry", Kind.Text), Of("website", Kind.Text), Of("name", Kind.Text),
        Of("owner", Kind.Reference) with { Link = Link.To(() => User, "owner", _ => null) },
        Of("parent", Kind.Reference) with { Link = Link.To(() => Account!, "parent", _ => null) },
        new Children("deals", Link.Back(() => Deal!, "account_id", _ => [])),
    ], "{r}.deleted is null");

    public static readonly Shape Deal = new("deal", "deal",
    [
        Of("name", Kind.Text), Of("firstName", Kind.Text), Of("lastName", Kind.Text), Of("probability", Kind.Number),
        Of("amount", Kind.Money) with { CurrencySql = "{r}.currency" },
        Of("stage", Kind.Choice) with { Choices = ["Proposal", "Negotiation", "Won", "Lost"] },
        Of("lastActivityAt", Kind.Instant), Of("createdAt", Kind.Instant), Of("closeDate", Kind.Date), Of("active", Kind.Boolean),
        Of("tags", Kind.List), Of("in", Kind.Text), Of("margin", Kind.Number) with { Hidden = true },
        Of("age", Kind.Number) with { Whole = true },
        Field.InJson("size", Kind.Number, "custom", "size", _ => null),
        Of("owner", Kind.Reference) with { Link = Link.To(() => User, "owner", _ => null) },
        Of("account", Kind.Reference) with { Link = Link.To(() => Account, "account_id", _ => null) },
        new Children("contacts", Link.Back(() => Contact, "deal_id", _ => [])),
        new Children("emails", Inside()) { Main = "address" },
        new Children("secrets", Link.Back(() => Contact, "deal_id", _ => [])) { Hidden = true },
    ]);

    private static Field Of(string name, Kind kind) => Field.Column(name, kind, $"\"{name}\"", row => ((IDictionary<string, object?>)row)[name]);

    private static Field Json(string name, Kind kind) => new(name, kind, $"({{r}}.value->>'{name}')", _ => null);

    private static Link Inside() => Link.Inside(() => Email, "{r}.emails", _ => []);
}
