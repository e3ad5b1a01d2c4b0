using CrmPlatform.Journal.Audit;

namespace CrmPlatform.Journal;

/// <summary>What is refused, as entries of the journal: those who audit find it, and whoever waits for what was not done hears of it.</summary>
public sealed partial class Session
{
    /// <summary>Notes that something was refused which is about a record of this service.</summary>
    public ValueTask Note(Refusal refusal) =>
        refusal.About is { } about ? Note(refusal, null, about.Record, about.Id) : throw new InvalidOperationException("It does not say what it is about.");

    /// <summary>
    /// Does here what follows from an event of another service, wholly or not at all. What is refused no attempt will make good: it is told as an
    /// event (<c>contacts.refusal.noted</c>) instead of being tried again, for the service that told the other to act on.
    /// </summary>
    /// <param name="heard">The event: <c>leads.lead.converted</c>.</param>
    /// <param name="id">The record it happened to.</param>
    /// <param name="work">What follows.</param>
    public async Task<Refusal?> Follow(string heard, Guid id, Func<Task> work)
    {
        var refusal = await Try(work);
        if (refusal is not null)
            await Note(refusal, heard, heard[..heard.LastIndexOf('.')], id);
        return refusal;
    }

    private ValueTask Note(Refusal refusal, string? after, string of, Guid record) => Note(
        Looks.Refusal, Guid.CreateVersion7(now), 1, "noted",
        new { of, record, after, code = refusal.Code, message = refusal.Message, errors = refusal.Errors, facts = refusal.Facts });
}
