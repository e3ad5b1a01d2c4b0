using System.Collections.Concurrent;
using System.Diagnostics;
using CrmPlatform.Testing;

namespace CrmPlatform.SystemTests.Load;

/// <summary>One change that was acknowledged: it must be in the journal as this version, with this mark, once.</summary>
internal sealed record Write(string Type, Guid Record, int Version, string Mark = "");

/// <summary>
/// People at work, several at once: they enter, edit the same few hot records, merge and undo merges (several records in one transaction),
/// delete and restore, and send what must be refused or rolled back. Whoever does not hear the outcome repeats the request with its
/// Idempotency-Key, at the next door, until it does; so in the end every change is acknowledged, and must have happened once.
/// </summary>
internal sealed class Writers(params Door[] doors)
{
    private const int Hot = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ConcurrentBag<Write> writes = [];
    private readonly ConcurrentBag<string> surprises = [];
    private readonly List<Guid> hotContacts = [], hotAccounts = [];
    private readonly ConcurrentDictionary<string, int> repeated = new();
    private int marks, turn, refused;

    /// <summary>All that was acknowledged.</summary>
    public IReadOnlyCollection<Write> Writes => writes;

    /// <summary>Answers nobody should get: an error that is no clean 503.</summary>
    public IReadOnlyCollection<string> Surprises => surprises;

    /// <summary>How many requests had to be sent again.</summary>
    public int Repeated => repeated.Values.Sum();

    /// <summary>How it went, in numbers.</summary>
    public string Figures => $"{writes.Count} changes acknowledged, {refused} refused as they should be, "
        + $"{Repeated} requests repeated ({string.Join(", ", repeated.Select(r => $"{r.Key} {r.Value}"))})";

    /// <summary>Works until it is told to stop; returns when every request has its answer.</summary>
    public async Task Work(int people, CancellationToken stop)
    {
        for (var i = 0; i < Hot; i++)
        {
            hotContacts.Add((await Enter("contacts", new { lastName = "Hot", jobTitle = Mark(out var mark) }, mark)).Id);
            hotAccounts.Add((await Enter("accounts", new { name = "Hot", domain = "hot.example", industry = Mark(out mark), employees = 1 }, mark)).Id);
        }
        await Task.WhenAll(Enumerable.Range(0, people).Select(person => Task.Run(() => WorkAlone(new Random(person), stop), CancellationToken.None)));
    }

    private async Task WorkAlone(Random dice, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            await (dice.Next(100) switch
            {
                < 30 => Enter("contacts", new { lastName = "Cold", email = "cold@example.com", jobTitle = Mark(out var mark) }, mark),
                < 65 => EditHot(dice),
                < 78 => DeleteAndRestore(),
                < 90 => Merge(dice),
                _ => Refused(dice),
            });
    }

    private async Task<Reply> Enter(string plural, object what, string mark)
    {
        var reply = (await Insist(d => d.Post($"/{plural}", what))).Expect(201);
        Wrote(plural == "contacts" ? "contact.created" : "account.created", reply.Id, 1, mark);
        return reply;
    }

    private async Task EditHot(Random dice)
    {
        var id = hotContacts[dice.Next(Hot)];
        var edit = new { jobTitle = Mark(out var mark), firstName = mark };
        Wrote("contact.updated", id, (await Insist(d => d.Patch($"/contacts/{id}", edit))).Expect(200).Version, mark);
    }

    private async Task DeleteAndRestore()
    {
        var id = (await Enter("contacts", new { lastName = "Gone", jobTitle = Mark(out var mark) }, mark)).Id;
        (await Insist(d => d.Delete($"/contacts/{id}"))).Expect(204);
        Wrote("contact.deleted", id, 2);
        if (id.GetHashCode() % 2 == 0)
            Wrote("contact.restored", id, (await Insist(d => d.Post($"/contacts/{id}/restore"))).Expect(200).Version);
    }

    // Four records in one transaction; taking it back, three in another one. Refusing to take it back rolls changes back.
    private async Task Merge(Random dice)
    {
        var winner = hotAccounts[dice.Next(Hot)];
        var loser = (await Enter("accounts", new { name = "Loser", industry = Mark(out var mark) }, mark)).Id;
        Guid[] people =
        [
            (await Enter("contacts", new { lastName = "Moves", accountId = loser, jobTitle = Mark(out mark) }, mark)).Id,
            (await Enter("contacts", new { lastName = "Moves", accountId = loser, jobTitle = Mark(out mark) }, mark)).Id,
        ];
        var merge = (await Insist(d => d.Post($"/accounts/{winner}/merge", new { loser }))).Expect(200);
        Wrote("account.merged", winner, merge.Version, $"{loser}");
        Wrote("account.deleted", loser, 2);
        foreach (var person in people)
            Wrote("contact.updated", person, 2, $"{winner}");

        if (dice.Next(3) == 0)
        {
            (await Insist(d => d.Post($"/operations/{merge.Operation}/undo"))).Expect(200);
            Wrote("account.restored", loser, 3, $"{merge.Operation}");
            foreach (var person in people)
                Wrote("contact.updated", person, 3, $"{merge.Operation}");
        }
        else if (dice.Next(2) == 0)
        {
            var leaves = new { accountId = (Guid?)null };
            Wrote("contact.updated", people[1], (await Insist(d => d.Patch($"/contacts/{people[1]}", leaves))).Expect(200).Version);
            Refusal(await Insist(d => d.Post($"/operations/{merge.Operation}/undo")), 409);
        }
    }

    private async Task Refused(Random dice)
    {
        var (contact, account) = (hotContacts[dice.Next(Hot)], hotAccounts[dice.Next(Hot)]);
        Refusal(await Insist(d => d.Patch($"/contacts/{contact}", new { email = "nonsense", jobTitle = "refused" })), 422);
        Refusal(await Insist(d => d.IfMatch(1_000_000).Patch($"/contacts/{contact}", new { jobTitle = "refused" })), 412);
        Refusal(await Insist(d => d.Post($"/accounts/{account}/merge", new { loser = Guid.CreateVersion7() })), 404);
    }

    private async Task<Reply> Insist(Func<Door, Task<Reply>> send)
    {
        var (key, clock) = (Guid.CreateVersion7().ToString(), Stopwatch.StartNew());
        while (true)
        {
            string why;
            try
            {
                var reply = await send(doors[(uint)Interlocked.Increment(ref turn) % doors.Length].Idempotent(key));
                if (reply.Status < 500)
                    return reply;
                if (reply.Status != 503 || !reply.Headers.ContainsKey("Retry-After") || reply.Code is null)
                    surprises.Add($"An answer that is no clean 503: {reply.Status} {reply.Text}");
                why = reply.Code ?? $"{reply.Status}";
                Assert.True(clock.Elapsed < Patience, $"No answer for {Patience}: {reply.Status} {reply.Text}");
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException && clock.Elapsed < Patience)
            {
                why = e is TaskCanceledException ? "no answer" : "cut off"; // it may have happened or not; the key makes asking again safe
            }
            repeated.AddOrUpdate(why, 1, (_, count) => count + 1);
            await Task.Delay(100);
        }
    }

    private void Refusal(Reply reply, int status)
    {
        reply.Expect(status);
        Interlocked.Increment(ref refused);
    }

    private void Wrote(string type, Guid record, int version, string mark = "") => writes.Add(new Write(type, record, version, mark));

    private string Mark(out string mark) => mark = $"mark-{Interlocked.Increment(ref marks)}-";
}
