using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Contracts.Leads;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Intake;
using CrmPlatform.Journal.Records;
using CrmPlatform.Leads.Leads;

namespace CrmPlatform.Leads.Conversion;

/// <summary>
/// Makes a contact of a lead, part of a company and with a deal where that is wanted: each is one that is there or one to be entered. The services that
/// keep them hear of it; all of it is one operation and can be undone.
/// </summary>
public static class ConvertLead
{
    /// <summary>Into what.</summary>
    /// <param name="ContactId">The person who is there already; none is entered then.</param>
    /// <param name="AccountId">The company that is there already; none is entered then.</param>
    /// <param name="NewAccount">Whether a company is entered where none is named; as a rule if the lead names one.</param>
    /// <param name="Deal">The deal to be entered, if one is.</param>
    /// <param name="Fields">Fields that are not taken as usual.</param>
    /// <param name="Override">Why the lead is converted though that is not foreseen; needs <c>overrideLeadTransition</c>.</param>
    public sealed record Request(
        Guid? ContactId = null, Guid? AccountId = null, bool? NewAccount = null, DealAsked? Deal = null, IReadOnlyList<FieldAsked>? Fields = null,
        string? Override = null);

    /// <summary>A deal to be entered.</summary>
    /// <param name="Name">What it is called; like the company, or the person, where nothing is said.</param>
    /// <param name="Amount">What it is worth; what the lead was estimated at where nothing is said.</param>
    /// <param name="PipelineId">In which pipeline; the usual one where nothing is said.</param>
    public sealed record DealAsked(string? Name = null, Money? Amount = null, Guid? PipelineId = null);

    /// <summary>Makes a contact of a lead; the answer names what it has become.</summary>
    public static async Task<Lead> Handle(Guid id, Request request, Session session)
    {
        var lead = await session.Lock<Lead>(id);
        if (lead.Status == LeadStatus.Converted)
            throw Already(lead);
        var (contact, account) = await Chosen.Of(session, lead, request);
        lead = await LeadSteps.Demand(session, lead, LeadStatus.Converted, request.Override);
        var deal = request.Deal is null ? (Guid?)null : Guid.CreateVersion7(session.Now);
        if (deal is not null)
            await Chosen.MayEnter(session, "deal");
        var consents = await Agreed.Of(session, lead);
        if (consents.Count > 0)
            await Chosen.MayEnter(session, "consent");
        var mapping = await ConversionMapping.All(session);
        FieldsAsked.Check(request.Fields, mapping);
        Dictionary<string, JsonElement> Taken(ConversionTarget target) =>
            ConversionMapping.Of(mapping, target, lead).Without(request.Fields, target);
        var converted = lead with
        {
            Status = LeadStatus.Converted,
            ConvertedContactId = contact.Id,
            ConvertedAccountId = account?.Id,
            ConvertedDealId = deal,
            ConvertedAt = session.Now,
            ConvertedById = Guid.TryParse(session.Cause.Actor.Id, out var by) ? by : null,
            ConversionProblem = null,
            RecycleAt = null,
        };
        return await session.Change(lead, converted, new LeadConverted
        {
            ContactId = contact.Id,
            IsNewContact = contact.IsNew,
            AccountId = account?.Id,
            IsNewAccount = account?.IsNew == true,
            DealId = deal,
            Contact = Person(Taken(ConversionTarget.Contact), lead, contact.IsNew, account?.Id, deal is not null),
            Consents = consents,
            ContactReplaces = contact.IsNew ? null : FieldsAsked.Replaced(request.Fields, ConversionTarget.Contact),
            Account = account is null ? null : Company(Taken(ConversionTarget.Account), lead),
            AccountReplaces = account is null or { IsNew: true } ? null : FieldsAsked.Replaced(request.Fields, ConversionTarget.Account),
            Deal = deal is null ? null : Sale(Taken(ConversionTarget.Deal), lead, request.Deal!, account?.Id),
        });
    }

    /// <summary>What it became could not be entered: the lead is open again, and says why.</summary>
    public static async Task Refused(Session session, Guid id, NotFollowed why)
    {
        var problem = why.ToString();
        if (await session.List<Lead>("id = @id", new { id }, locks: true) is [var lead])
            await session.Change(lead, lead with { ConversionProblem = problem.Length > 2000 ? problem[..2000] : problem });
    }

    private static Refusal Already(Lead lead) => new(409, "already_converted", "The lead has been converted already.")
    {
        Facts = new Dictionary<string, object?>
        {
            ["contactId"] = lead.ConvertedContactId,
            ["accountId"] = lead.ConvertedAccountId,
            ["dealId"] = lead.ConvertedDealId,
        },
    };

    private static Dictionary<string, JsonElement> Person(
        Dictionary<string, JsonElement> fields, Lead lead, bool isNew, Guid? account, bool hasDeal)
    {
        fields.TryAdd("lastName", Json(lead.FirstName ?? lead.DisplayName));
        if (lead.LastName is null && lead.FirstName is not null)
            fields.Remove("firstName"); // the only name there is, is the one a person must have
        fields["originalLeadId"] = Json(lead.Id);
        fields["lifecycleStage"] = Json(hasDeal ? "opportunity" : "sql");
        if (account is { } id)
            fields["accountId"] = Json(id);
        if (isNew)
            fields["allowDuplicate"] = Json(true); // whoever converts has seen whom it resembles
        return fields;
    }

    private static Dictionary<string, JsonElement> Company(Dictionary<string, JsonElement> fields, Lead lead)
    {
        fields.TryAdd("name", Json(lead.DisplayName));
        fields["allowDuplicate"] = Json(true);
        return fields;
    }

    private static Dictionary<string, JsonElement> Sale(Dictionary<string, JsonElement> fields, Lead lead, DealAsked asked, Guid? account)
    {
        fields["name"] = Json(string.IsNullOrWhiteSpace(asked.Name) ? lead.Company ?? lead.DisplayName : asked.Name.Trim());
        if (asked.Amount is { } amount)
            fields["amount"] = Json(amount);
        if (asked.PipelineId is { } pipeline)
            fields["pipelineId"] = Json(pipeline);
        if (account is { } id)
            fields["accountId"] = Json(id);
        fields["leadId"] = Json(lead.Id);
        return fields;
    }

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value, Changes.Json);
}
