namespace CrmPlatform.Bench.Records;

/// <summary>What a contact with everything it has costs to enter and to read.</summary>
internal static class DoorsPart
{
    private const string Area = "records";

    /// <summary>The ceiling enters the same row and the same searched text into the same tables and indexes.</summary>
    public static async IAsyncEnumerable<Figure> Measure(Ground ground)
    {
        await ground.Provision();
        var bare = ground.BareHost(like: "contacts");
        await Ground.Answers($"{ground.Bare}/", TimeSpan.FromSeconds(20));
        var writing = ground.HostWithoutBroker("Contacts");
        await Ground.Answers(ground.Ready(1), TimeSpan.FromSeconds(20));
        yield return await InTurn.Share(
            Area, "create: validated, asked for duplicates, searchable, journaled", s => Wrk.Enter(ground.People, $"{ground.Bare}/contacts", s),
            s => Wrk.Enter(ground.People, $"{ground.Contacts}/contacts", s, ground.Token), 0.45);
        await Ground.Stop(writing);
        await foreach (var figure in Reading.Measure(Area, ground))
            yield return figure;
        await Ground.Stop(bare);
    }
}
