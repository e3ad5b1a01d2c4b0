using CrmPlatform.Testing;

namespace CrmPlatform.Access.Tests;

/// <summary>Something of everything in a tenant, with a marker that nobody else knows.</summary>
internal sealed class World
{
    // They answer well whoever asks: what they would do with each record is decided record by record, and what they make is the caller's own.
    private static readonly string[] Open = ["/batch", "/imports", "/views"];

    private readonly Dictionary<string, Guid> made = [];

    /// <summary>In every record, and in no answer to who must not see it.</summary>
    public string Marker { get; } = $"m{Guid.CreateVersion7():N}";

    public static async Task<World> Of(TestCrm crm)
    {
        var world = new World();
        async Task Make(string service, string plural, object record) =>
            world.made[plural] = (await crm.Service(service).Post($"/{plural}", record)).Expect(201).Id;
        await Make("contacts", "accounts", new { name = world.Marker });
        await Make("contacts", "contacts", new { lastName = world.Marker });
        await Make("identity", "roles", new { name = world.Marker, title = world.Marker });
        await Make("identity", "teams", new { name = world.Marker });
        await Make("identity", "users", new { name = world.Marker, email = $"{world.Marker}@x.example" });
        return world;
    }

    /// <summary>The record a route is asked about; one that is not there where it has none.</summary>
    public Guid Id(Route route) => Id(route.Plural);

    public Guid Id(string plural) => made.TryGetValue(plural, out var id) ? id : Guid.CreateVersion7();

    public bool IsTold(string text) => text.Contains(Marker, StringComparison.Ordinal);

    public static bool IsOpen(Route route) => Open.Contains(route.Door);

    /// <summary>Whether it answers with nothing about a record it does not know: the timeline of any id is empty.</summary>
    public static bool IsEmptyOf(Route route) => route.Service == "activities";
}
