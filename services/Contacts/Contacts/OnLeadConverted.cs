using System.Text.Json;
using CrmPlatform.Contacts.Accounts;
using CrmPlatform.Contracts;
using CrmPlatform.Contracts.Leads;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Intake;
using CrmPlatform.Journal.Records;
using MassTransit;

namespace CrmPlatform.Contacts.Contacts;

/// <summary>
/// A lead became a person of ours: they and their company are entered, or what is empty in those that are there is filled. What cannot be entered is
/// told, and the lead is open again.
/// </summary>
public sealed class OnLeadConverted : IConsumer<LeadConverted>
{
    private static readonly HashSet<string> Lists = ["emails", "phones"];

    /// <inheritdoc/>
    public Task Consume(ConsumeContext<LeadConverted> context)
    {
        var (session, told) = (context.Session(), context.Message);
        return session.Follow("leads.lead.converted", told.Id, async () =>
        {
            if (told is { AccountId: { } account, Account: { } company })
                await Take<Account>(session, account, told.IsNewAccount, company, told.AccountReplaces);
            await Take<Contact>(session, told.ContactId, told.IsNewContact, told.Contact, told.ContactReplaces);
            foreach (var given in told.Consents ?? [])
                await Agree(session, told.ContactId, given);
        });
    }

    // The last word counts: who has taken it back since has taken it back.
    private static async Task Agree(Session session, Guid contact, ConsentGiven given)
    {
        var channel = Enum.Parse<ConsentChannel>(given.Channel, ignoreCase: true);
        var known = await session.List<Consent>(
            "contact_id = @contact and purpose = @purpose and channel = @channel and deleted_at is null",
            new { contact, purpose = given.Purpose, channel = given.Channel }, locks: true);
        var before = known is [var one] ? one : new Consent { ContactId = contact, Purpose = given.Purpose, Channel = channel };
        if (known.Count > 0 && (before.WithdrawnAt ?? before.GivenAt ?? before.UpdatedAt) >= given.GivenAt)
            return;
        var agreed = before with
        {
            State = ConsentState.Granted,
            Basis = ConsentBasis.Consent,
            Source = given.Source,
            Proof = given.Proof,
            TextVersion = given.TextVersion,
            Wording = given.Wording,
            GivenAt = given.GivenAt,
            WithdrawnAt = null,
            ExpiresAt = null,
        };
        await (known.Count > 0 ? session.Change(before, agreed) : session.Create(agreed));
    }

    private static async Task Take<T>(
        Session session, Guid id, bool isNew, IReadOnlyDictionary<string, JsonElement> fields, IReadOnlyList<string>? replaced)
        where T : Record, new()
    {
        if (!isNew)
        {
            var record = await session.Lock<T>(id);
            await session.Edit(record, Missing(record, fields, replaced ?? []));
        }
        else if ((await session.List<T>("id = @id", new { id })).Count == 0)
            await session.Create(fields, new T { Id = id });
    }

    // What the record has stays, but where somebody wants the lead's; addresses of mail and phones it does not have are added, and a person never goes back
    // on their way.
    private static Dictionary<string, JsonElement> Missing(Record record, IReadOnlyDictionary<string, JsonElement> fields, IReadOnlyList<string> replaced)
    {
        var (has, missing) = (JsonSerializer.SerializeToElement(record, record.GetType(), Changes.Json), new Dictionary<string, JsonElement>());
        foreach (var (name, value) in fields.Where(f => f.Key is not ("allowDuplicate" or "ownerId" or "teamId" or "tags") || replaced.Contains(f.Key)))
            if (replaced.Contains(name))
                missing[name] = value;
            else if (name == "lifecycleStage" && record is Contact person)
                missing[name] = JsonSerializer.SerializeToElement(
                    Lifecycle.Further(person.LifecycleStage, value.Deserialize<LifecycleStage>(Changes.Json)), Changes.Json);
            else if (name == "custom")
                missing[name] = JsonSerializer.SerializeToElement(value.EnumerateObject()
                    .Where(own => !record.Custom.ContainsKey(own.Name) || replaced.Contains($"custom.{own.Name}"))
                    .ToDictionary(own => own.Name, own => own.Value));
            else if (IsEmpty(has.GetProperty(name)))
                missing[name] = value;
            else if (Lists.Contains(name))
                missing[name] = JsonSerializer.SerializeToElement(
                    has.GetProperty(name).EnumerateArray().Select(one => (object)one).Concat(Others(name, has, value)));
        return missing;
    }

    private static IEnumerable<object> Others(string name, JsonElement has, JsonElement value)
    {
        var key = name == "emails" ? "address" : "number";
        var known = has.GetProperty(name).EnumerateArray().Select(one => one.GetProperty(key).GetString()!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var one in value.EnumerateArray().Where(one => !known.Contains(one.GetProperty(key).GetString()!)))
        {
            var other = one.Deserialize<Dictionary<string, JsonElement>>()!;
            other["primary"] = JsonSerializer.SerializeToElement(false);
            yield return other;
        }
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0;
}
