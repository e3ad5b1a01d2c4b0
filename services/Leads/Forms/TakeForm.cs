using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Contracts.Leads;
using CrmPlatform.Hosting;
using CrmPlatform.Journal;
using CrmPlatform.Leads.Leads;
using CrmPlatform.Leads.Scoring;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Leads.Forms;

/// <summary>Takes what somebody has sent by a form: at once, or once they have confirmed that it was them. The same again is the same.</summary>
internal sealed class TakeForm(FormDesk desk, Settings settings)
{
    private static readonly string[] Utm = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"];
    private static readonly TimeSpan ToConfirm = TimeSpan.FromDays(7);

    /// <summary>Takes it, or refuses with what is wrong by field.</summary>
    public async Task<SubmissionStatus> Take(FoundForm found, Guid nonce, IFormCollection sent, string? address, CancellationToken cancel)
    {
        var form = found.Form;
        await using var session = desk.Begin(found.Tenant, form, address, cancel);
        var known = await session.List<FormSubmission>("form_id = @form and nonce = @nonce", new { form = form.Id, nonce = $"{nonce}" });
        if (known is [var before])
            return before.Status;
        var fields = Read(await Inputs.Of(session, form), sent);
        var consent = sent["consent"] == "on";
        if (form is { ConsentText: not null, ConsentRequired: true } && !consent)
            throw Refusal.Invalid("consent", "Please agree, or we may not keep what you send.");
        Add(fields, form, sent);
        await session.Check<Lead>(fields); // refused now, not after the mail
        var submission = await session.Create(new FormSubmission
        {
            FormId = form.Id,
            Nonce = $"{nonce}",
            Status = form.DoubleOptIn ? SubmissionStatus.Unconfirmed : SubmissionStatus.Taken,
            Email = fields.TryGetValue("email", out var email) ? email.GetString() : null,
            Values = JsonSerializer.SerializeToElement(fields),
            Consent = consent,
            ConsentText = form.ConsentText,
            ConsentVersion = form.ConsentVersion,
            ConsentPurpose = form.ConsentPurpose,
            ConsentChannel = form.ConsentChannel,
            Utm = JsonSerializer.SerializeToElement(Utm.Where(u => sent[u].ToString().Length > 0).ToDictionary(u => u, u => Short(sent[u].ToString(), 200))),
            Referrer = sent["referrer"].ToString() is { Length: > 0 } page ? Short(page, 2000) : null,
        });
        if (form.DoubleOptIn)
            await AskToConfirm(session, found, submission);
        else
            await MakeLead(session, form, submission);
        await session.Commit();
        return submission.Status;
    }

    /// <summary>Somebody has confirmed that it was them; once more is no news.</summary>
    public async Task<bool> Confirm(FoundForm found, Guid submission, string? address, CancellationToken cancel)
    {
        await using var session = desk.Begin(found.Tenant, found.Form, address, cancel);
        if (await session.List<FormSubmission>("id = @submission and deleted_at is null", new { submission }, locks: true) is not [var known])
            return false;
        if (known.Status == SubmissionStatus.Unconfirmed)
            await MakeLead(session, found.Form, known with { Status = SubmissionStatus.Taken, ConfirmedAt = session.Now }, known);
        await session.Commit();
        return true;
    }

    private async Task AskToConfirm(Session session, FoundForm found, FormSubmission submission)
    {
        var token = FormToken.Make(found, FormToken.Confirmation, submission.Id, session.Now + ToConfirm);
        await session.Change(submission, submission, new FormSubmissionConfirmationAsked
        {
            Email = submission.Email!,
            Title = found.Form.Title,
            Link = $"{settings.Issuer}/forms/{found.Form.Key}/confirm?token={token}",
        });
    }

    // Who is an open lead already is that one: they are heard of again.
    private static async Task MakeLead(Session session, Form form, FormSubmission submission, FormSubmission? before = null)
    {
        var fields = submission.Values.Deserialize<Dictionary<string, JsonElement>>()!;
        var known = submission.Email is { } email ? await session.List<Lead>(
            "email = @email and deleted_at is null and status not in ('converted', 'disqualified') order by created_at desc limit 1", new { email }) : [];
        var lead = known is [var one] ? one : await session.Create(fields, new Lead { FormId = form.Id, OwnerId = form.ToUserId });
        await session.Create(new Engagement { LeadId = lead.Id, Kind = "formSubmitted", Subject = form.Name });
        await session.Change(before ?? submission, submission with { LeadId = lead.Id });
    }

    private static Dictionary<string, JsonElement> Read(IReadOnlyList<Input> inputs, IFormCollection sent)
    {
        var (fields, errors) = (new Dictionary<string, JsonElement>(), new Dictionary<string, string[]>());
        var (address, custom) = (new Dictionary<string, JsonElement>(), new Dictionary<string, JsonElement>());
        foreach (var input in inputs)
        {
            var text = (input.Field.Value ?? sent[input.Field.Field].ToString()).Trim();
            if (text.Length == 0 && input.Field.Required)
                errors[input.Field.Field] = ["Please fill this in."];
            if (text.Length == 0)
                continue;
            var (of, name) = input.Field.Field.Split('.') switch
            {
                ["address", var part] => (address, part),
                ["custom", var own] => (custom, own),
                _ => (fields, input.Field.Field),
            };
            of[name] = name == "country" && of == address ? JsonSerializer.SerializeToElement(text.ToUpperInvariant()) : input.Read(text);
        }
        if (errors.Count > 0)
            throw Refusal.Invalid(errors);
        if (address.Count > 0)
            fields["address"] = JsonSerializer.SerializeToElement(address);
        if (custom.Count > 0)
            fields["custom"] = JsonSerializer.SerializeToElement(custom);
        return fields;
    }

    private static void Add(Dictionary<string, JsonElement> fields, Form form, IFormCollection sent)
    {
        void Set(string field, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
                fields.TryAdd(field, JsonSerializer.SerializeToElement(value));
        }

        Set("source", form.Source);
        Set("campaignId", form.CampaignId?.ToString());
        foreach (var utm in Utm)
            Set($"utm{char.ToUpperInvariant(utm[4])}{utm[5..]}", Short(sent[utm].ToString(), 200));
        Set("referrer", Short(sent["referrer"].ToString(), 2000));
    }

    private static string Short(string text, int most) => text.Length <= most ? text : text[..most];
}
