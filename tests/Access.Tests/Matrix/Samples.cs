using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Identity.Companies;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.OAuth;
using CrmPlatform.Identity.People;
using CrmPlatform.Identity.Teams;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Access.Tests.Matrix;

/// <summary>What a route is asked about: a record with a word that is nowhere else, and what else an administrator has made around it.</summary>
internal sealed record Target(string Plural, Guid Id, string Word, Guid Operation)
{
    /// <summary>Another one of the same owner.</summary>
    public Guid Other { get; init; }

    /// <summary>A job, a field, a view, where a route is about one of the type's.</summary>
    public Guid Part { get; init; }
}

/// <summary>
/// Makes records of every type of every service, from their declarations: what a type must have is given to it. Few need more to be said of them.
/// </summary>
internal sealed class Samples(TestCrm crm)
{
    /// <summary>Who asks, and her team; she sees what others refer to.</summary>
    public Guid Ada { get; } = Guid.CreateVersion7();

    public Guid Team { get; } = Guid.CreateVersion7();

    private int months;

    // What is not made by entering it, or not as often as one likes.
    public static bool IsSingle(string record) => record is "company" or "contactSettings" or "leadSettings" or "pipelineSettings";

    public static bool IsMadeByLoggingIn(string record) => record is "signIn" or "connection";

    /// <summary>What there has to be before anything: the company, with room for many, Ada and her team.</summary>
    public async Task Begin()
    {
        await using var session = Session();
        await session.Create(new Company { Id = crm.Id, Name = "Engines", Plan = "internal" });
        await session.Create(new User { Id = Ada, Name = "Ada", Email = $"{Ada}@x.example", Status = UserStatus.Active });
        await session.Create(new Team { Id = Team, Name = "North" });
        await session.Commit();
        (await crm.Service("pipeline").Post("/pipelines/default")).Expect(200);
    }

    /// <summary>A record of somebody's; null where a record of the type cannot be theirs.</summary>
    public async Task<Target?> Make(Table table, Whose whose)
    {
        var word = $"w{Guid.CreateVersion7():N}";
        var record = await Fields(table, word);
        (record["ownerId"], record["teamId"]) = whose switch { Whose.Own => ((JsonNode?)Ada, (JsonNode?)null), Whose.Teams => (null, Team), _ => (null, null) };
        var door = crm.Service(table.Service);
        var kept = IsMadeByLoggingIn(table.Record) ? await LoggedIn(table, word, whose)
            : IsSingle(table.Record) && await Single(door, table) is { } there ? (await door.Patch($"/{table.Plural}/{there}", record)).Expect(200)
            : await Entered(door, table, record);
        // A person's record is their own, whatever is said.
        var owner = kept["ownerId"].ValueKind == JsonValueKind.String ? kept["ownerId"].GetGuid() : (Guid?)null;
        return (whose == Whose.Own && owner != Ada) || (whose != Whose.Own && owner == Ada) ? null
            : new Target(table.Plural, kept.Id, word, kept.Headers.ContainsKey("Crm-Operation") ? kept.Operation : Guid.CreateVersion7());
    }

    /// <summary>A record of somebody's, and what a route needs beside it.</summary>
    public async Task<Target?> Make(Table table, Whose whose, Before before)
    {
        if (await Make(table, whose) is not { } target)
            return null;
        var (door, plural) = (crm.Service(table.Service), table.Plural);
        async Task<Guid> Part(string path, object body) => (await door.Post($"/{plural}{path}", body)).Expect(201).Id;
        switch (before)
        {
            case Before.Pair:
                return target with { Other = (await Make(table, whose))!.Id };
            case Before.Trashed when table.Record is "company" or "signIn" or "connection":
                return target; // is never there
            case Before.Trashed:
                if (table.Record is "apiKey" or "client")
                    (await door.Post($"/{plural}/{target.Id}/revoke")).Expect(200);
                (await door.Delete($"/{plural}/{target.Id}?confirm=true")).Expect(204);
                return target;
            case Before.Import:
                var import = (await door.Post($"/{plural}/imports?name={target.Word}", $"id,{target.Word}\n1,2")).Expect(200);
                return target with { Part = import["job"].GetProperty("id").GetGuid() };
            case Before.Field or Before.TrashedField:
                target = target with { Part = await Part("/fields", new { name = $"g{target.Word[^30..]}", label = "Extra", kind = "text" }) };
                break;
            case Before.View or Before.TrashedView:
                target = target with { Part = await Part("/views", new { name = target.Word }) };
                break;
        }
        if (before is Before.TrashedField or Before.TrashedView)
            (await door.Delete($"/{plural}/{(before == Before.TrashedField ? "fields" : "views")}/{target.Part}")).Expect(204);
        return target;
    }

    /// <summary>What is sent to enter a record.</summary>
    public async Task<JsonObject> Fields(Table table, string word)
    {
        var record = new JsonObject { ["tags"] = new JsonArray(word) };
        foreach (var field in table.Type.Fields.Where(f => f is { IsRequired: true, IsSetBySlices: false, IsDerived: false }))
            record[field.Name] = field switch
            {
                { Refers: { } other } when table.Neighbour(other) is { } there => await Bystander(there),
                { Choices: [var first, ..] } => first,
                _ => Value(field, word),
            };
        switch (table.Record)
        {
            case "role":
                record["name"] = word;
                break;
            case "contact":
                record["email"] = $"{word}@x.example";
                break;
            case "company":
                record.Remove("workingHours");
                break;
            case "lead":
                record["lastName"] = word;
                break;
            case "assignmentRule":
                // Leads that nobody owns are to stay nobody's.
                (record["users"], record["inactive"]) = (new JsonArray(new JsonObject { ["userId"] = Ada }), true);
                break;
            case "scoringRule":
                record["axis"] = "fit";
                break;
            case "webhook":
                record["events"] = new JsonArray("#");
                break;
            case "client":
                record["kind"] = "confidential";
                break;
            case "currencyRate":
                (record["currency"], record["validFrom"], record["rate"]) = ("XTS", $"{Another()}-01", 1);
                break;
            case "quota" or "forecastAdjustment":
                (record["period"], record["forUserId"]) = ("2026-Q1", Guid.CreateVersion7());
                break;
            case "forecastSnapshot":
                record["period"] = Another();
                break;
        }
        return record;
    }

    // A month that nothing else is of, where there is one of each.
    private string Another() => Interlocked.Increment(ref months) is var n ? $"{1000 + n / 12}-{1 + n % 12:00}" : "";

    // Somebody or something that a record refers to, which everybody sees who sees anything.
    private async Task<Guid> Bystander(Table table)
    {
        var record = await Fields(table, $"b{Guid.CreateVersion7():N}");
        (record["ownerId"], record["teamId"]) = (Ada, Team);
        return (await crm.Service(table.Service).Post($"/{table.Plural}", record)).Expect(201).Id;
    }

    private static JsonNode? Value(Field field, string word) => field.Kind switch
    {
        FieldKind.Email => $"{word}@x.example",
        FieldKind.Integer or FieldKind.Number or FieldKind.Rating => 1,
        FieldKind.Money => new JsonObject { ["amount"] = "1", ["currency"] = "EUR" },
        FieldKind.Date => "2026-01-31",
        FieldKind.Instant => "2026-01-31T12:00:00Z",
        FieldKind.Boolean => true,
        FieldKind.Phone => "+442071234567",
        FieldKind.Url => "https://x.example",
        FieldKind.Reference => Guid.CreateVersion7(),
        FieldKind.Texts or FieldKind.List or FieldKind.MultiChoice => new JsonArray(),
        _ => field.Name switch { "locale" => "en", "timeZone" => "UTC", "currency" => "EUR", _ => word },
    };

    private static async Task<Reply> Entered(Door door, Table table, JsonObject record)
    {
        var entered = await door.Post($"/{table.Plural}", record);
        Assert.True(entered.Status == 201, $"Say in Samples what a {table.Record} must have beside what it declares: {record.ToJsonString()} → {entered}");
        return entered;
    }

    private static async Task<Guid?> Single(Door door, Table table) =>
        (await door.Get($"/{table.Plural}")).Expect(200)["items"].EnumerateArray().Select(item => (Guid?)item.GetProperty("id").GetGuid()).FirstOrDefault();

    private async Task<Reply> LoggedIn(Table table, string word, Whose whose)
    {
        await using var session = Session();
        var (user, team) = (whose == Whose.Own ? Ada : (await Somebody(session)).Id, whose == Whose.Teams ? Team : (Guid?)null);
        var signIn = await session.Create(new SignIn { UserId = user, TeamId = team, StartedAt = session.Now, Device = word, Tags = [word] });
        CrmPlatform.Journal.Records.Record made = table.Record == "signIn" ? signIn
            : await session.Create(
                new Connection { UserId = user, TeamId = team, SignInId = signIn.Id, ClientId = "crm-cli", ClientName = word, Tags = [word] });
        await session.Commit();
        return (await crm.Service(table.Service).Get($"/{table.Plural}/{made.Id}")).Expect(200);
    }

    private static Task<User> Somebody(Session session)
    {
        var id = Guid.CreateVersion7();
        return session.Create(new User { Id = id, Name = "Bob", Email = $"{id}@x.example", Status = UserStatus.Active });
    }

    private Session Session() => crm.Home.Get<Sessions>("identity").Begin(
        new Cause(new Actor(ActorKind.Platform, "test", "Test"), crm.Id, Guid.CreateVersion7(), null), TestContext.Current.CancellationToken);
}
