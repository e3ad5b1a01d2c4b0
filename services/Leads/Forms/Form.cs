using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Leads.Forms;

/// <summary>A form on the web by which people become leads: a page of its own, and a snippet for the pages of others.</summary>
[PartOfModel]
public sealed record Form : Record
{
    /// <summary>What stands in its address: <c>/forms/k3v9…</c>. Made with the form.</summary>
    [SetBySlices, StringLength(40)]
    public string Key { get; init; } = "";

    /// <summary>What we call it.</summary>
    [Required, StringLength(100), Searched]
    public string Name { get; init; } = "";

    /// <summary>What stands above it.</summary>
    [Required, StringLength(200)]
    public string Title { get; init; } = "";

    /// <summary>What stands below the title.</summary>
    [Kind(FieldKind.LongText), StringLength(5000)]
    public string? Intro { get; init; }

    /// <summary>What is asked, in order.</summary>
    [MaxItems(60)]
    public IReadOnlyList<FormField> Fields { get; init; } = [];

    /// <summary>What stands on its button.</summary>
    [StringLength(50)]
    public string? Button { get; init; }

    /// <summary>What is said to who has sent it.</summary>
    [Kind(FieldKind.LongText), StringLength(5000)]
    public string? Thanks { get; init; }

    /// <summary>Where who has sent it is taken instead.</summary>
    [WebAddress]
    public string? RedirectUrl { get; init; }

    /// <summary>What people agree to; nothing is asked where nothing is said.</summary>
    [Kind(FieldKind.LongText), StringLength(5000)]
    public string? ConsentText { get; init; }

    /// <summary>Which version of that text it is.</summary>
    [StringLength(50)]
    public string? ConsentVersion { get; init; }

    /// <summary>What they agree to in a word, as it is kept of the person they become: <c>newsletter</c>; the form's name where nothing is said.</summary>
    [StringLength(100)]
    public string? ConsentPurpose { get; init; }

    /// <summary>On which way they may be reached for it; by e-mail where nothing is said.</summary>
    public AgreedChannel? ConsentChannel { get; init; }

    /// <summary>Whether it is taken only from who agrees.</summary>
    public bool ConsentRequired { get; init; }

    /// <summary>Whether a mail asks who sent it to confirm that it was them, before there is a lead.</summary>
    [Label("Double opt-in")]
    public bool DoubleOptIn { get; init; }

    /// <summary>Whether the browser has to work a little first, which costs who sends thousands.</summary>
    [Label("Proof of work")]
    public bool ProofOfWork { get; init; }

    /// <summary>The hosts whose pages may hold it: <c>www.example.com</c>.</summary>
    [MaxItems(50), ItemLength(253)]
    public string[] AllowedHosts { get; init; } = [];

    /// <summary>Who gets its leads, where the tenant's rules are not to decide.</summary>
    [Refers("user"), Label("Leads go to")]
    public Guid? ToUserId { get; init; }

    /// <summary>How its leads came to us.</summary>
    [StringLength(100)]
    public string? Source { get; init; }

    /// <summary>The campaign it is part of.</summary>
    [Refers("campaigns.campaign")]
    public Guid? CampaignId { get; init; }

    /// <summary>Whether it is on the web.</summary>
    public bool Published { get; init; }

    /// <summary>The rule: what it asks are fields of a lead, and it asks something by which somebody can be recognised.</summary>
    public static async ValueTask<Form> Rule(Session session, Form? before, Form after)
    {
        if (after.Key.Length == 0 && after.Id != default)
            after = after with { Key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10)) };
        var known = await Inputs.Known(session);
        if (after.Fields.FirstOrDefault(f => !known.Contains(f.Field)) is { } unknown)
            throw Refusal.Invalid("fields", $"A form cannot ask for {unknown.Field}.");
        if (after.Fields.DistinctBy(f => f.Field).Count() < after.Fields.Count)
            throw Refusal.Invalid("fields", "A field is asked for once.");
        if (after.AllowedHosts.FirstOrDefault(h => Uri.CheckHostName(h.Split(':')[0]) is UriHostNameType.Unknown) is { } host)
            throw Refusal.Invalid("allowedHosts", $"{host} is no host; one looks like www.example.com.");
        if (after.DoubleOptIn && after.Published && !after.Fields.Any(f => f is { Field: "email", Required: true }))
            throw Refusal.Invalid("doubleOptIn", "Who is to confirm by mail has to give an e-mail address: ask for email, required.");
        return after;
    }
}

/// <summary>Something a form asks, or sets without asking.</summary>
/// <param name="Field">The lead's field: <c>lastName</c>, <c>address.city</c>, <c>custom.size</c>.</param>
/// <param name="Label">What stands beside it; the field's own name where nothing is said.</param>
/// <param name="Help">What stands below it.</param>
/// <param name="Required">Whether it has to be filled in.</param>
/// <param name="Value">What it is set to, where it is not asked.</param>
public sealed record FormField(
    [property: Required, StringLength(110)] string Field, [property: StringLength(200)] string? Label = null,
    [property: StringLength(500)] string? Help = null, bool Required = false, [property: StringLength(1000)] string? Value = null);
