using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using CrmPlatform.Access;
using CrmPlatform.Hosting;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Limits;

/// <summary>A token bucket for each tenant, by its plan, and for each address that brings no valid token. Buckets nobody uses are forgotten.</summary>
internal sealed class RateLimits(Settings settings) : IDisposable
{
    private readonly Dictionary<string, Plan> plans = Plan.From(settings);

    private readonly PartitionedRateLimiter<Bucket> buckets = PartitionedRateLimiter.Create<Bucket, Bucket>(bucket =>
        RateLimitPartition.GetTokenBucketLimiter(bucket, static b => Options(b.Plan)));

    /// <summary>Takes one request out of the bucket and says in the answer's headers what is left; refuses when it is empty.</summary>
    public Refusal? Refuse(HttpContext http, Caller? caller)
    {
        var plan = PlanOf(caller);
        if (plan.Unlimited)
            return null;
        var bucket = new Bucket(plan, caller?.Tenant ?? default, caller is null ? Address(http.Connection.RemoteIpAddress) : null);
        using var lease = buckets.AttemptAcquire(bucket);
        var left = (int)(buckets.GetStatistics(bucket)?.CurrentAvailablePermits ?? 0);
        Tell(http.Response.Headers, plan, left);
        if (lease.IsAcquired)
            return null;

        var wait = Math.Max(1, (int)Math.Ceiling(1.0 / plan.PerSecond));
        http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return new Refusal(429, "rate_limited", $"The plan {plan.Name} allows {plan.PerSecond} requests a second and {plan.Burst} at once.");
    }

    public void Dispose() => buckets.Dispose();

    /// <summary>The plan whose limits hold for a caller.</summary>
    public Plan PlanOf(Caller? caller) =>
        plans.GetValueOrDefault(caller?.Plan ?? Plan.Anonymous) ?? plans[Plan.Usual];

    // draft-ietf-httpapi-ratelimit-headers: what the bucket holds, what is left, seconds until it is full again.
    private static void Tell(IHeaderDictionary headers, Plan plan, int left)
    {
        headers["RateLimit-Limit"] = plan.Burst.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = left.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = ((plan.Burst - left + plan.PerSecond - 1) / plan.PerSecond).ToString(CultureInfo.InvariantCulture);
    }

    // Who owns an IPv6 network owns all of its /64: one bucket for it.
    private static string Address(IPAddress? address)
    {
        if (address is null or { AddressFamily: AddressFamily.InterNetwork } or { IsIPv4MappedToIPv6: true })
            return address?.MapToIPv4().ToString() ?? "";
        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }

    // Refilled every tenth of a second, or whenever one whole request has flowed in.
    private static TokenBucketRateLimiterOptions Options(Plan plan)
    {
        var portion = Math.Max(1, plan.PerSecond / 10);
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = plan.Burst,
            TokensPerPeriod = portion,
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)portion / plan.PerSecond),
            AutoReplenishment = false,
            QueueLimit = 0,
        };
    }

    private readonly record struct Bucket(Plan Plan, Guid Tenant, string? Address);
}
