using CrmPlatform.Access;

namespace CrmPlatform.Journal;

/// <summary>What a session knows and says beside what it writes.</summary>
public sealed partial class Session
{
    private readonly List<Warning> warnings = [];
    private readonly Dictionary<string, IReadOnlyCollection<string>> coming = [];
    private readonly List<Action> afterwards = [];
    private Actor? by;

    /// <summary>What rules have found out and need again, however many records this session writes.</summary>
    public IDictionary<string, object> Known { get; } = new Dictionary<string, object>();

    /// <summary>What the records that are about to be entered say in a field, as far as that is known: a rule can ask once for all of them.</summary>
    public IReadOnlyCollection<string> Coming(string field) => coming.GetValueOrDefault(field) ?? [];

    internal void Expect(string field, IReadOnlyCollection<string> said) => coming[field] = said;

    /// <summary>What whoever writes should know, though nothing is refused.</summary>
    public IReadOnlyList<Warning> Warnings => warnings;

    /// <summary>Says something to whoever writes.</summary>
    public void Warn(Warning warning) => warnings.Add(warning);

    // Where somebody called from is for the journal alone.
    private Actor By => Cause.Actor.Address is null ? Cause.Actor : by?.Door == Cause.Actor.Door ? by : by = Cause.Actor with { Address = null };

    /// <summary>Does something when all of this is durable, and nothing if it never is: waking whoever waits for it. It must not fail.</summary>
    public void Afterwards(Action then) => afterwards.Add(then);

    internal void Committed()
    {
        home.Committed(Cause.Tenant, appended);
        afterwards.ForEach(then => then());
    }

    /// <summary>The time of everything this session writes.</summary>
    public DateTimeOffset Now => now;

    /// <summary>
    /// Does something under an operation of its own: what the first who need it bring about, and what must stay when what they did is undone.
    /// </summary>
    public async Task Apart(Func<Task> work)
    {
        var cause = Cause;
        Cause = cause with { Operation = Guid.CreateVersion7(now) };
        try
        {
            await work();
        }
        finally
        {
            Cause = cause;
        }
    }

    /// <summary>From here on what is written is of another operation.</summary>
    internal void UnderOperation(Guid operation) => Cause = Cause with { Operation = operation };

    /// <summary>Whether an operation has changed anything here.</summary>
    internal async Task<bool> Knows(Guid operation) => (await Read(
        "select 1 from journal where tenant = $1 and operation = $2 and record <> $3 limit 1", row => row.GetInt32(0),
        Cause.Tenant, operation, Audit.Looks.Refusal)).Count > 0;

    /// <summary>From here on the journal says that the actor came through this door.</summary>
    public void Through(string door) => Cause = Cause with { Actor = Cause.Actor with { Door = door } };
}
