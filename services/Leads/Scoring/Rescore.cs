using CrmPlatform.Journal;
using CrmPlatform.Leads.Leads;
using CrmPlatform.Records.Jobs;

namespace CrmPlatform.Leads.Scoring;

/// <summary>Scores all leads anew, in the background: what the rules are has changed.</summary>
internal static class Rescore
{
    /// <summary>The kind of job it is.</summary>
    public const string Kind = "rescore";

    /// <summary>Which leads are scored anew.</summary>
    public const string Which = "status not in ('converted', 'disqualified')";

    /// <summary>Asks for it once in a session, however many rules it changes.</summary>
    public static async Task Ask(Session session)
    {
        if (session.Known.TryAdd(Kind, true))
            await Rewrites.Ask<Lead>(session, Kind);
    }
}
