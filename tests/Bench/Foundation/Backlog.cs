using System.Diagnostics;

namespace CrmPlatform.Bench.Foundation;

/// <summary>How fast the relay tells what has piled up.</summary>
internal static class Backlog
{
    private const int Entries = 120_000;

    public static async Task<Figure> Drain(string area, Ground ground, string name, double goal)
    {
        await using var database = ground.Database("contacts");
        await using (var pile = database.CreateCommand(
            $$$"""
            with e as (
                insert into journal (id, at, tenant, actor, operation, record, record_id, version, type, data)
                select gen_random_uuid(), now(), '{{{Ground.Tenant}}}', '{"kind": "user", "id": "bench", "name": "Bench", "door": "rest"}', gen_random_uuid(),
                       'contact', gen_random_uuid(), 1, 'contact.created',
                       '{"changes": {"email": {"new": "ada@mail.example", "old": null}, "lastName": {"new": "Lovelace", "old": null},
                        "firstName": {"new": "Ada", "old": null}, "jobTitle": {"new": "Countess", "old": null}, "tags": {"new": [], "old": null} } }'
                from generate_series(1, {{{Entries}}}) returning entry)
            insert into outbox (entry) select entry from e
            """))
            await pile.ExecuteNonQueryAsync();

        await using var left = database.CreateCommand("select count(*) from outbox");
        var contacts = ground.Host("Contacts");
        long begun;
        while ((begun = Entries - (long)(await left.ExecuteScalarAsync())!) == 0)
            await Task.Delay(5);
        var watch = Stopwatch.StartNew();
        await Told(ground, TimeSpan.FromMinutes(2));
        var rate = (Entries - begun) / watch.Elapsed.TotalSeconds;
        await Ground.Stop(contacts);
        return Figure.AtLeast(area, name, rate, "entries/s", goal);
    }

    /// <summary>Waits until nothing is left to tell.</summary>
    public static async Task Told(Ground ground, TimeSpan within, string service = "contacts")
    {
        await using var database = ground.Database(service);
        await using var left = database.CreateCommand("select exists (select 1 from outbox)");
        for (var watch = Stopwatch.StartNew(); (bool)(await left.ExecuteScalarAsync())!; await Task.Delay(5))
            if (watch.Elapsed > within)
                throw new TimeoutException("The outbox did not get empty.");
    }

    /// <summary>Waits until everything told was applied everywhere, so that the next measurement has the machine for itself.</summary>
    public static async Task Applied(Ground ground, TimeSpan within)
    {
        await Told(ground, within);
        await using var contacts = ground.Database("contacts");
        await using var told = contacts.CreateCommand("select count(*) from chain");
        var entries = (long)(await told.ExecuteScalarAsync())!;
        foreach (var service in (string[])["activities", "analytics"])
        {
            await using var database = ground.Database(service);
            await using var inbox = database.CreateCommand("select count(*) from inbox");
            for (var watch = Stopwatch.StartNew(); (long)(await inbox.ExecuteScalarAsync())! < entries; await Task.Delay(100))
                if (watch.Elapsed > within)
                    throw new TimeoutException($"{service} did not apply everything.");
        }
    }
}
