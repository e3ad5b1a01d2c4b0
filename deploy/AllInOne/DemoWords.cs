namespace CrmPlatform.AllInOne;

/// <summary>What the people and companies of the demo tenant are called.</summary>
internal static class DemoWords
{
    public static readonly string[] Founders =
    [
        "Hartmann", "Okafor", "Lindqvist", "Moreau", "Tanaka", "Costa", "Brennan", "Novak", "Hoffmann", "Petrov", "Silva", "Johansson", "Keller",
        "Rossi", "Dubois", "Nakamura", "Adeyemi", "Kowalski", "Vasquez", "Andersen",
    ];

    public static readonly (string Name, string Industry)[] Trades =
    [
        ("Logistics", "Transport"), ("Robotics", "Manufacturing"), ("Energy", "Energy"), ("Foods", "Food"), ("Analytics", "Software"),
        ("& Partners", "Consulting"), ("Medical", "Health"), ("Textiles", "Retail"), ("Bank", "Finance"), ("Press", "Media"), ("Timber", "Construction"),
    ];

    public static readonly string[] First =
    [
        "Ada", "Ben", "Chiara", "David", "Elif", "Felix", "Grace", "Hugo", "Ines", "Jonas", "Katarina", "Liam", "Maya", "Noah", "Olivia", "Pablo",
        "Quynh", "Rosa", "Samir", "Theresa", "Umar", "Vera", "Wei", "Ximena", "Yusuf", "Zoe", "Amara",
    ];

    public static readonly string[] Last =
    [
        "Achterberg", "Bauer", "Cohen", "Diaz", "Eriksen", "Fischer", "Garcia", "Haddad", "Ivanova", "Jensen", "Kim", "Lopez", "Meyer", "Nguyen",
        "Olsen", "Park", "Quinn", "Richter", "Sato", "Thompson", "Ueda", "Vogel", "Weber", "Xu", "Yilmaz", "Zimmermann", "Bianchi", "Clarke", "Dumont",
    ];

    public static readonly string[] Jobs =
    [
        "Head of Purchasing", "Managing Director", "Sales Manager", "Software Engineer", "Marketing Lead", "Office Manager", "Chief Financial Officer",
        "Plant Manager", "Product Owner", "Customer Success Manager", "Consultant",
    ];
}
