using CrmPlatform.Testing;

namespace CrmPlatform.Integrations.Tests.Sending;

/// <summary>A clock by which hours pass when a test says so.</summary>
internal sealed class Later : TimeProvider
{
    private long ticks;

    public void Pass(TimeSpan time) => Interlocked.Add(ref ticks, time.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref ticks));
}

/// <summary>
/// The service alone, by a clock of its own and without a broker: what happens is written where it would be noted when it is heard.
/// </summary>
internal sealed class Apart : IAsyncDisposable
{
    private readonly Installation home;
    private long position;

    private Apart(Installation home, Later clock) => (this.home, Clock, Crm) = (home, clock, home.Tenant());

    public Later Clock { get; }

    public TestCrm Crm { get; }

    /// <summary>The door, for a token that is good for years.</summary>
    public Door Hooks => Crm.Hooks().WithToken(home.Token(Crm.Caller(Guid.CreateVersion7()) with { Expires = Clock.GetUtcNow().AddYears(1) }));

    public static async Task<Apart> Begin()
    {
        var clock = new Later();
        return new Apart(await Installation.Apart(
            new Dictionary<string, string> { ["CRM_RABBITMQ"] = "amqp://nobody:nothing@127.0.0.1:1/" }, new IntegrationsService(clock)), clock);
    }

    /// <summary>Something happens to a contact, of which a webhook is to be told.</summary>
    public async Task<Guid> Happens(Hook hook, Guid record, int version)
    {
        var (id, sql) = (Guid.CreateVersion7(), Crm.Sql("integrations", As.Admin));
        var (type, at) = (version == 1 ? "contacts.contact.created" : "contacts.contact.updated", Clock.GetUtcNow().ToUniversalTime());
        await sql.Execute(
            """
            insert into event (tenant, service, position, id, at, type, record, record_id, version, actor, operation, body)
            values ($1, 'contacts', $2, $3, $4, $5, 'contacts.contact', $6, $7, '{"kind": "user", "id": "1", "name": "Ada"}', $3,
                json_build_object('id', $6::uuid, 'version', $7::int, 'changes',
                    json_build_object('firstName', json_build_object('old', null, 'new', $7::text)))::text)
            """,
            Crm.Id, Interlocked.Increment(ref position), id, at, type, record, version);
        await sql.Execute(
            """
            insert into due (tenant, webhook, event, service, position, type, record, record_id, version, at, due_at)
            select tenant, $2, id, service, position, type, record, record_id, version, at, at from event where tenant = $1 and id = $3
            """,
            Crm.Id, hook.Id, id);
        return id;
    }

    /// <summary>How often something was tried, and when it is tried next.</summary>
    public static async Task<(int Tries, DateTimeOffset? Next, bool Parked)> Tries(Hook hook, Guid what)
    {
        var delivery = (await hook.Door.Get($"/webhooks/{hook.Id}/deliveries/{what}")).Expect(200);
        var next = delivery["nextAt"];
        return (delivery["attempts"].GetArrayLength(), next.ValueKind == System.Text.Json.JsonValueKind.Null ? null : next.GetDateTimeOffset(),
            delivery["parked"].GetBoolean());
    }

    public ValueTask DisposeAsync() => home.DisposeAsync();
}
