using System.Diagnostics;
using CrmPlatform.Access;
using CrmPlatform.Hosting.Doors;

namespace CrmPlatform.Testing;

/// <summary>
/// What a test works with: a tenant of its own in the running platform, and every door to it.
/// <code>
///   var crm = await TestCrm.Tenant();
///   var ada = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);
/// </code>
/// </summary>
public sealed class TestCrm
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    internal TestCrm(Installation home, Guid id) => (Home, Id) = (home, id);

    /// <summary>The tenant.</summary>
    public Guid Id { get; }

    /// <summary>The installation it lives in.</summary>
    public Installation Home { get; }

    /// <summary>Accounts and contacts.</summary>
    public Door Contacts => Service("contacts");

    /// <summary>A new tenant in the platform all tests of this assembly share.</summary>
    public static async Task<TestCrm> Tenant() => (await (await TestHost.Current()).Shared).Tenant();

    /// <summary>Another tenant beside this one.</summary>
    public TestCrm Another() => Home.Tenant();

    /// <summary>The REST door of an app, for a person who may read and write.</summary>
    public Door Service(string app) => new Door(Home.Http, Home.Address(app)).WithToken(Token(Scopes.Read, Scopes.Write));

    /// <summary>A token of this tenant with these scopes.</summary>
    public string Token(params string[] scopes) => Home.Token(Id, "ada", scopes);

    /// <summary>A token of this tenant for somebody with roles (and teams) who may read and write as far as these go.</summary>
    public string TokenOf(Guid user, IReadOnlyList<string> roles, params IReadOnlyList<Guid> teams) =>
        Home.Token(Id, user.ToString(), [Scopes.Read, Scopes.Write], roles, teams);

    /// <summary>A caller of this tenant who may read and write for an hour, for a token that says more of them.</summary>
    public Caller Caller(Guid user) => new(
        new Actor(ActorKind.User, $"{user}", "Ada"), Id, new HashSet<string> { Scopes.Read, Scopes.Write }, "standard",
        TimeProvider.System.GetUtcNow().AddHours(1));

    /// <summary>SQL in a service's database. As the service, say <c>.For(crm.Id)</c> to see this tenant's rows.</summary>
    public Sql Sql(string service, As role) => Home.Sql(service, role);

    /// <summary>What the intake of a service leaves when another service has told of a record: its copy there. Known from the next look on.</summary>
    public Task Told(string service, string record, Guid id, int version, string fields, bool deleted = false) => Sql(service, As.Admin).Execute(
        """
        insert into copy (tenant, record, id, version, fields, versions, deleted) values ($1, $2, $3, $4, $5::jsonb, '{}', $6)
        on conflict (tenant, record, id) do update set version = excluded.version, fields = excluded.fields, deleted = excluded.deleted
        """,
        Id, record, id, version, fields, deleted);

    /// <summary>Tells all services something, as a service that does not run here would.</summary>
    public Task Tell(string type, Guid record, int version, string body, Guid? operation = null) =>
        Teller.Tell(new Uri(Home.Servers.RabbitMq), Id, type, record, version, body, operation ?? Guid.CreateVersion7());

    /// <summary>Hears what is told of this tenant from now on, by routing pattern (<c>contacts.account.*</c>, <c>#</c>).</summary>
    public Task<Listener> Listen(string pattern = "#") => Listener.Start(new Uri(Home.Servers.RabbitMq), pattern, Id);

    /// <summary>Waits until what is stated holds; fails with why it does not hold when the time is up.</summary>
    public static async Task Eventually(Func<Task> statement, TimeSpan? within = null)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await statement();
                return;
            }
            catch (Exception) when (clock.Elapsed < (within ?? Patience))
            {
                await Task.Delay(20);
            }
        }
    }

    /// <summary>Waits until a statement without waiting of its own holds.</summary>
    public static Task Eventually(Action statement, TimeSpan? within = null) => Eventually(
        () =>
        {
            statement();
            return Task.CompletedTask;
        },
        within);
}
