using CrmPlatform.Access;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Hosting.Ops;

/// <summary>
/// Alive: the process answers. Ready: it can do its work. Without its database a service can do nothing (503); without the broker it
/// goes on taking changes and tells them later (200, degraded).
/// </summary>
internal static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => new { status = "alive" }).DisableHttpMetrics().ExcludeFromDescription();
        app.MapGet("/health/ready", (CancellationToken cancel) => Answer(app.Services, cancel)).DisableHttpMetrics().ExcludeFromDescription();
    }

    private static async Task<IResult> Answer(IServiceProvider services, CancellationToken cancel)
    {
        var service = services.GetRequiredService<Service>().Name;
        var journal = services.GetRequiredService<JournalHealth>();
        var database = await journal.Database(cancel);

        var keys = services.GetRequiredService<KeyRing>();

        var reasons = new (string Of, string? Why)[]
        {
            ("database", database), ("broker", journal.Broker), ("relay", journal.Relay), ("intake", journal.Intake), ("keys", keys.Trouble),
        }.Where(r => r.Why is not null).ToDictionary(r => r.Of, r => r.Why);
        var unavailable = database is not null || keys.Count == 0;
        var status = unavailable ? "unavailable" : reasons.Count > 0 ? "degraded" : "ready";
        return Results.Json(new { service, status, reasons }, statusCode: unavailable ? 503 : 200);
    }
}
