using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Contracts.Leads;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Activities.Timeline;

/// <summary>A lead became a contact: its timeline says whom, and so do those of the person and the company, on which it is from now on.</summary>
public sealed class OnLeadConverted : IConsumer<LeadConverted>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<LeadConverted> context)
    {
        var told = context.Message;
        var became = new Dictionary<string, Guid?> { ["contactId"] = told.ContactId, ["accountId"] = told.AccountId, ["dealId"] = told.DealId };
        return TimelineEntry.Add(context.Session(), told, context.HappenedAt(), new TimelineEntry("converted")
        {
            Fields = ["status"],
            Facts = became.Where(b => b.Value is not null).ToDictionary(b => b.Key, b => JsonSerializer.SerializeToElement(b.Value, Changes.Json)),
        }).AsTask();
    }
}
