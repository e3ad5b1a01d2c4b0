using CrmPlatform.Analytics.Reach;
using CrmPlatform.Hosting;

namespace CrmPlatform.Analytics;

/// <summary>Figures over everything, from copies kept current by events.</summary>
public sealed class AnalyticsService : Service
{
    /// <inheritdoc/>
    public override string Name => "analytics";

    /// <inheritdoc/>
    public override int PortOffset => 3;

    /// <inheritdoc/>
    protected override void Declare(Contents it)
    {
        it.Copies("contacts.account", "name", "industry", "employees", "ownerId", "teamId");
        it.Copies("contacts.contact", "firstName", "lastName", "emails", "accountId", "ownerId", "teamId");
        it.Get("/analytics/contacts-by-industry", ContactsByIndustry.Handle);
    }
}
