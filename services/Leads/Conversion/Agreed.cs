using CrmPlatform.Contracts.Leads;
using CrmPlatform.Journal;
using CrmPlatform.Leads.Forms;
using CrmPlatform.Leads.Leads;

namespace CrmPlatform.Leads.Conversion;

/// <summary>What a lead has agreed to by forms: it is the person's who they become, with what proves it.</summary>
internal static class Agreed
{
    /// <summary>What was agreed to for each purpose and channel, the last time it was.</summary>
    public static async Task<IReadOnlyList<ConsentGiven>> Of(Session session, Lead lead)
    {
        var sent = await session.List<FormSubmission>(
            "lead_id = @lead and consent and consent_text is not null and status = 'taken' and deleted_at is null", new { lead = lead.Id });
        if (sent.Count == 0)
            return [];
        var ids = sent.Select(s => s.FormId!.Value).Distinct().ToArray();
        var forms = (await session.List<Form>("id = any(@ids)", new { ids })).ToDictionary(f => f.Id, f => f.Name);
        return
        [
            .. sent.Select(s => Given(s, forms.GetValueOrDefault(s.FormId!.Value, "form")))
                .GroupBy(c => (c.Purpose, c.Channel)).Select(same => same.MaxBy(c => c.GivenAt)!).OrderBy(c => c.GivenAt),
        ];
    }

    private static ConsentGiven Given(FormSubmission sent, string form) => new()
    {
        Purpose = sent.ConsentPurpose ?? (form.Length <= 100 ? form : form[..100]),
        Channel = Name(sent.ConsentChannel ?? AgreedChannel.Email),
        Wording = sent.ConsentText!,
        TextVersion = sent.ConsentVersion,
        Source = $"form: {form}" is { Length: > 200 } tooLong ? tooLong[..200] : $"form: {form}",
        Proof = $"formSubmission {sent.Id}",
        GivenAt = sent.ConfirmedAt ?? sent.CreatedAt,
    };

    private static string Name(AgreedChannel channel) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{channel}");
}
