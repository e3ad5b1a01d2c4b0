using CrmPlatform.Journal.Intake;
using Xunit;

namespace CrmPlatform.Shared.Tests.Intake;

public sealed class CopiesTests
{
    private static readonly Guid Tenant = Guid.CreateVersion7(), Thing = Guid.CreateVersion7();

    [Fact]
    public async Task A_copy_follows_the_fields_it_keeps_and_the_trash()
    {
        await using var world = await Keeping("name", "size");

        await world.Send(
            Told(1, """{"name": {"old": null, "new": "a"}, "size": {"old": null, "new": 1}, "colour": {"old": null, "new": "red"}}"""),
            Told(2, """{"name": {"old": "a", "new": "b"}}"""),
            Told(3, """{"size": {"old": 1, "new": null}}"""));
        await Is(world, 3, """{"name": "b", "size": null}""", deleted: false);

        await world.Send(Told(4, "{}", trashed: true));
        await Is(world, 4, """{"name": "b", "size": null}""", deleted: true);
        await world.Send(Told(5, """{"size": {"old": null, "new": 2}}""", trashed: false));
        await Is(world, 5, """{"name": "b", "size": 2}""", deleted: false);
    }

    [Fact]
    public async Task Events_in_any_order_lead_to_the_same_copy()
    {
        Told[] events =
        [
            Told(1, """{"name": {"old": null, "new": "a"}, "size": {"old": null, "new": 1}}"""),
            Told(2, """{"name": {"old": "a", "new": "b"}}"""),
            Told(3, "{}", trashed: true),
            Told(4, """{"size": {"old": 1, "new": 2}}"""),
            Told(5, "{}", trashed: false),
        ];
        foreach (var order in (int[][])[[4, 3, 2, 1, 0], [2, 0, 4, 1, 3], [1, 4, 0, 3, 2]])
        {
            await using var world = await Keeping("name", "size");
            foreach (var i in order)
                await world.Send(events[i]);
            await Is(world, 5, """{"name": "b", "size": 2}""", deleted: false);
        }
    }

    [Fact]
    public async Task Many_events_of_many_tenants_make_one_copy_each()
    {
        await using var world = await Keeping("name");
        var tenants = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).ToList();
        var events =
            from version in Enumerable.Range(1, 4)
            from tenant in tenants
            from thing in Enumerable.Range(0, 50)
            select Told(version, $$$"""{"name": {"old": null, "new": "{{{thing}}}-{{{version}}}"}}""") with
            {
                Id = Guid.CreateVersion7(),
                Tenant = tenant,
                RecordId = new Guid(thing, 0, 0, tenant.ToByteArray()[8..]),
            };

        await world.Send(events);

        await Eventually.True(async () => (await world.Rows<int>("select count(*)::int from copy where version = 4"))[0] == 250, "all are there");
        Assert.Equal(250, (await world.Rows<int>("select count(*)::int from copy where fields ->> 'name' like '%-4'"))[0]);
    }

    [Theory]
    [InlineData("contacts.contact.*", "contacts.contact.created", true)]
    [InlineData("contacts.contact.*", "contacts.account.created", false)]
    [InlineData("contacts.*", "contacts.contact.created", false)]
    [InlineData("contacts.#", "contacts.contact.created", true)]
    [InlineData("#", "contacts.contact.created", true)]
    [InlineData("#.created", "contacts.contact.created", true)]
    [InlineData("#.contact.#", "contacts.contact.created", true)]
    [InlineData("#.account.#", "contacts.contact.created", false)]
    [InlineData("contacts.contact.created.#", "contacts.contact.created", true)]
    [InlineData("contacts.contact.created.*", "contacts.contact.created", false)]
    public void A_pattern_matches_as_on_a_topic_exchange(string pattern, string type, bool matches) =>
        Assert.Equal(matches, new Wanting(pattern).Hears(type));

    private static async Task<IntakeWorld> Keeping(params string[] fields)
    {
        var world = await IntakeWorld.Open();
        await world.Start(o => o with { Copies = [new Copy("intaketest.thing", fields)] });
        await world.QueueIsThere();
        return world;
    }

    private static Task Is(IntakeWorld world, int version, string fields, bool deleted) => Eventually.True(
        async () => (await world.Rows<int>(
            $"""
            select 1 from copy where tenant = '{Tenant}' and record = 'intaketest.thing' and id = '{Thing}'
            and version = {version} and fields = '{fields}' and deleted = {deleted}
            """)).Count == 1,
        $"version {version} is {fields}");

    private static Told Told(int version, string changes, bool? trashed = null) => new(Thing, version)
    {
        Tenant = Tenant,
        Text = $$$"""
            {"id": "{{{Thing}}}", "version": {{{version}}}, "changes": {{{changes}}}, "trashed": {{{trashed?.ToString().ToLowerInvariant() ?? "null"}}}}
            """,
    };

    private sealed class Wanting(string pattern) : Projection
    {
        public override IReadOnlyList<string> Wants => [pattern];

        public override Task Apply(CrmPlatform.Journal.Session session, IReadOnlyList<IncomingEvent> events) => Task.CompletedTask;
    }
}
